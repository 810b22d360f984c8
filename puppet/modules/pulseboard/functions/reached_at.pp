# @summary The address at which a program on this machine reaches one that listens on the given address.
# @api private
function pulseboard::reached_at(Optional[Pulseboard::Address] $listen) >> Pulseboard::Address {
  $listen ? {
    undef     => '127.0.0.1',
    '0.0.0.0' => '127.0.0.1',
    '::'      => '::1',
    default   => $listen,
  }
}

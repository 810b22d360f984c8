# @summary The service, as the package's unit and the drop-in describe it.
# @api private
class pulseboard::service {
  service { 'pulseboard':
    ensure => $pulseboard::service_ensure,
    enable => $pulseboard::service_ensure == 'running',
  }
}

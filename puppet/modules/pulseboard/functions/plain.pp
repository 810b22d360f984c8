# @summary A value that may be Sensitive, as the text that the file gets.
# @api private
function pulseboard::plain(Optional[Pulseboard::Secret] $value) >> Optional[Pulseboard::Text] {
  $value ? {
    Sensitive => $value.unwrap,
    default   => $value,
  }
}

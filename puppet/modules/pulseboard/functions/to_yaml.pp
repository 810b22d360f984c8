# @summary A value as YAML on one line. Within single quotes only the quote itself means anything; line ends do not get past the
# types of the parameters.
# @api private
function pulseboard::to_yaml(Pulseboard::Setting $value) >> String {
  $value ? {
    Integer => String($value),
    Boolean => String($value),
    Array   => "[${value.map |$item| { pulseboard::to_yaml($item) }.join(', ')}]",
    Hash    => "{${value.map |$name, $member| { "${name}: ${pulseboard::to_yaml($member)}" }.join(', ')}}",
    default => "'${regsubst($value, "'", "''", 'G')}'",
  }
}

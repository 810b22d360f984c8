# @summary A Pulseboard that shows other machines, too. They join with a code: "pulseboard fleet invite", docs/fleet.md.
#
# @param parameters those of the class pulseboard, such as {'nginx_listen' => ['443 ssl']}; fleet_accept is true
# @example
#   include pulseboard::hub
class pulseboard::hub (
  Hash[Pattern[/\A[a-z0-9_]+\z/], NotUndef] $parameters = {},
) {
  class { 'pulseboard':
    * => $parameters + { 'fleet_accept' => true },
  }
  contain pulseboard
}

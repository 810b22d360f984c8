# @summary A machine that another's Pulseboard shows. It joins once, with a code of "pulseboard fleet invite", docs/fleet.md.
#
# @param hub the address of the other's page, such as https://monitor.example/
# @param code the code; it is of no use any more once the machine has joined, and is not looked at again
# @param machine_name what it is to be called there; undef: its host name
# @param pin the key of the other, which is trusted and no other; undef: certificates are looked at
# @param plain whether code and token may travel unencrypted
# @param page whether the machine has a page of its own, with which its jobs and alerts are shown there as well
# @param parameters those of the class pulseboard
# @example
#   class { 'pulseboard::agent':
#     hub  => 'https://monitor.example/',
#     code => Sensitive('K7QD-9M2X-P4TR'),
#   }
class pulseboard::agent (
  Pattern[/\Ahttps?:\/\/[^\s]+\z/] $hub,
  Sensitive[Pattern[/\A[0-9A-Za-z -]{12,20}\z/]] $code,
  Optional[Pattern[/\A[0-9A-Za-z][0-9A-Za-z._ -]{0,62}\z/]] $machine_name = undef,
  Optional[Pattern[/\Asha256\/[A-Za-z0-9+\/]{43}=\z/]] $pin = undef,
  Boolean $plain = false,
  Boolean $page = false,
  Hash[Pattern[/\A[a-z0-9_]+\z/], NotUndef] $parameters = {},
) {
  # A Pulseboard with a page shows itself, and an agent beside it would end.
  $service_ensure = $page ? {
    true    => 'running',
    default => 'stopped',
  }
  $agent_ensure = $page ? {
    true    => 'stopped',
    default => 'running',
  }
  class { 'pulseboard':
    * => { 'manage_nginx' => $page, 'service_ensure' => $service_ensure } + $parameters + { 'agent_ensure' => $agent_ensure },
  }
  contain pulseboard

  $name_words = $machine_name ? {
    undef   => [],
    default => ['--name', $machine_name],
  }
  $pin_words = $pin ? {
    undef   => [],
    default => ['--pin', $pin],
  }
  $plain_words = $plain ? {
    true    => ['--plain'],
    default => [],
  }
  # A list of words: no shell reads them. It starts the service and waits until the other shows the machine.
  exec { 'pulseboard join':
    command => Sensitive.new(['/usr/bin/pulseboard', 'join'] + $name_words + $pin_words + $plain_words + [$hub, $code.unwrap]),
    creates => '/etc/pulseboard/hub.json',
    require => Class['pulseboard::config'],
    before  => Class['pulseboard::service'],
  }
}

# @summary The services, as the package's unit and the drop-in describe it.
# @api private
class pulseboard::service {
  service { 'pulseboard':
    ensure => $pulseboard::service_ensure,
    enable => $pulseboard::service_ensure == 'running',
  }

  # After the one that shows them, which makes the token of jobs. A change of settings restarts those that run.
  $others = { 'pulseboard-agent' => $pulseboard::agent_ensure, 'pulseboard-work' => $pulseboard::jobs_ensure }
  $others.each |$unit, $ensure| {
    service { $unit:
      ensure  => $ensure,
      enable  => $ensure == 'running',
      require => Service['pulseboard'],
    }
  }
}

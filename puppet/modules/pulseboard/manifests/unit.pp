# @summary What the unit gets beside its own, and the folders of somebody's choice.
# @api private
class pulseboard::unit {
  # The package's unit makes its own folders and lets the service write nowhere else.
  $folders = {
    $pulseboard::auth_folder    => '0700',
    $pulseboard::history_folder => '0700',
    $pulseboard::log_folder     => '0750',
  }
  $other_folders = $folders.filter |$folder, $mode| { !($folder in [undef, '', '/var/lib/pulseboard', '/var/log/pulseboard']) }
  $other_folders.each |$folder, $mode| {
    file { $folder:
      ensure => directory,
      owner  => 'pulseboard',
      group  => 'pulseboard',
      mode   => $mode,
    }
  }

  $drop_in = {
    'memory_limit'  => $pulseboard::memory_limit,
    'java_options'  => $pulseboard::java_options,
    'folders'       => $other_folders.keys,
    'require_login' => $pulseboard::require_login,
  }
  file {
    default:
      owner => 'root',
      group => 'root',
      ;
    '/etc/systemd/system/pulseboard.service.d':
      ensure => directory,
      mode   => '0755',
      ;
    '/etc/systemd/system/pulseboard.service.d/puppet.conf':
      ensure  => file,
      mode    => '0644',
      content => epp('pulseboard/drop-in.conf.epp', $drop_in),
  }

  # systemd does not notice by itself that there is a first drop-in, and Puppet asks it only whether it has noticed.
  exec { 'pulseboard: reload units':
    command     => '/usr/bin/systemctl daemon-reload',
    refreshonly => true,
    subscribe   => File['/etc/systemd/system/pulseboard.service.d/puppet.conf'],
  }
}

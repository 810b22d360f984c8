# @summary The settings file, the log folder, and what the unit gets beside its own.
# @api private
class pulseboard::config {
  $proxies = $pulseboard::web_trusted_proxies ? {
    undef   => $pulseboard::manage_nginx ? { true => [pulseboard::reached_at($pulseboard::web_host)], default => undef },
    default => $pulseboard::web_trusted_proxies,
  }
  $settings = {
    'web'  => {
      'host'                 => $pulseboard::web_host,
      'port'                 => $pulseboard::web_port,
      'allowedOrigins'       => $pulseboard::web_allowed_origins,
      'trustedProxies'       => $proxies,
      'maxViewers'           => $pulseboard::web_max_viewers,
      'maxHandlersPerSocket' => $pulseboard::web_max_handlers_per_socket,
      'maxMessageBytes'      => $pulseboard::web_max_message_bytes,
      'pingTimeoutSeconds'   => $pulseboard::web_ping_timeout_seconds,
      'writeTimeoutSeconds'  => $pulseboard::web_write_timeout_seconds,
    },
    'oidc' => {
      'issuer'           => $pulseboard::oidc_issuer,
      'clientId'         => $pulseboard::oidc_client_id,
      'clientSecret'     => $pulseboard::oidc_client_secret,
      'clientSecretFile' => $pulseboard::oidc_client_secret_file,
      'publicUrl'        => $pulseboard::oidc_public_url,
      'scopes'           => $pulseboard::oidc_scopes,
      'nameClaim'        => $pulseboard::oidc_name_claim,
      'groupsClaim'      => $pulseboard::oidc_groups_claim,
      'viewerGroups'     => $pulseboard::oidc_viewer_groups,
      'operatorGroups'   => $pulseboard::oidc_operator_groups,
      'adminGroups'      => $pulseboard::oidc_admin_groups,
      'caFile'           => $pulseboard::oidc_ca_file,
      'buttonName'       => $pulseboard::oidc_button_name,
    },
    'host' => {
      'intervalMilliseconds'       => $pulseboard::host_interval_milliseconds,
      'filesystemsIntervalSeconds' => $pulseboard::host_filesystems_interval_seconds,
      'deadlineMilliseconds'       => $pulseboard::host_deadline_milliseconds,
      'topProcesses'               => $pulseboard::host_top_processes,
      'ignoreInterfaces'           => $pulseboard::host_ignore_interfaces,
      'ignoreDisks'                => $pulseboard::host_ignore_disks,
      'ignoreFilesystems'          => $pulseboard::host_ignore_filesystems,
    },
    'log'  => {
      'folder' => $pulseboard::log_folder,
    },
  }

  # With a secret in it, it is nobody's to read but the service's.
  $has_secret = !($pulseboard::oidc_client_secret in [undef, ''])
  [$readers, $mode] = $has_secret ? { true => ['pulseboard', '0640'], default => ['root', '0644'] }
  file { '/etc/pulseboard/pulseboard.yaml':
    ensure    => file,
    owner     => 'root',
    group     => $readers,
    mode      => $mode,
    show_diff => !$has_secret,
    content   => epp('pulseboard/pulseboard.yaml.epp', { 'settings' => $settings }),
  }

  # The package's unit makes its own log folder and lets the service write nowhere else.
  $other_folder = $pulseboard::log_folder ? {
    undef                 => undef,
    ''                    => undef,
    '/var/log/pulseboard' => undef,
    default               => $pulseboard::log_folder,
  }
  if $other_folder {
    file { $other_folder:
      ensure => directory,
      owner  => 'pulseboard',
      group  => 'pulseboard',
      mode   => '0750',
    }
  }

  $drop_in = { 'memory_limit' => $pulseboard::memory_limit, 'java_options' => $pulseboard::java_options, 'folder' => $other_folder }
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
}

# @summary The settings file.
# @api private
class pulseboard::config {
  $proxies = $pulseboard::web_trusted_proxies ? {
    undef   => $pulseboard::manage_nginx ? { true => [pulseboard::reached_at($pulseboard::web_host)], default => undef },
    default => $pulseboard::web_trusted_proxies,
  }
  # What a browser may have in its address line; addresses, localhost and what ends so the program knows by itself.
  $names = $pulseboard::nginx_server_names.filter |$name| {
    $name =~ /\A[A-Za-z0-9][A-Za-z0-9._-]*\z/ and $name !~ /(\A|\.)localhost\z/ and $name !~ Pulseboard::Address
  }
  $hosts = $pulseboard::web_allowed_hosts ? {
    undef   => ($pulseboard::manage_nginx and !$names.empty) ? { true => $names, default => undef },
    default => $pulseboard::web_allowed_hosts,
  }
  $user_header = $pulseboard::auth_user_header ? {
    undef   => ($pulseboard::manage_nginx and $pulseboard::nginx_password_file) ? { true => 'X-Remote-User', default => undef },
    default => $pulseboard::auth_user_header,
  }
  $settings = {
    'web'  => {
      'host'                 => $pulseboard::web_host,
      'port'                 => $pulseboard::web_port,
      'allowedOrigins'       => $pulseboard::web_allowed_origins,
      'allowedHosts'         => $hosts,
      'frameAncestors'       => $pulseboard::web_frame_ancestors,
      'publicValues'         => $pulseboard::web_public_values,
      'trustedProxies'       => $proxies,
      'maxViewers'           => $pulseboard::web_max_viewers,
      'maxHandlersPerSocket' => $pulseboard::web_max_handlers_per_socket,
      'maxMessageBytes'      => $pulseboard::web_max_message_bytes,
      'pingTimeoutSeconds'   => $pulseboard::web_ping_timeout_seconds,
      'writeTimeoutSeconds'  => $pulseboard::web_write_timeout_seconds,
    },
    'tls'  => {
      'certificateFile' => $pulseboard::tls_certificate_file,
      'keyFile'         => $pulseboard::tls_key_file,
    },
    'auth' => {
      'folder'         => $pulseboard::auth_folder,
      'sessionDays'    => $pulseboard::auth_session_days,
      'userHeader'     => $user_header,
      'userHeaderRole' => $pulseboard::auth_user_header_role,
    },
    'oidc' => {
      'issuer'           => $pulseboard::oidc_issuer,
      'clientId'         => $pulseboard::oidc_client_id,
      'clientSecret'     => pulseboard::plain($pulseboard::oidc_client_secret),
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
    'fleet' => {
      'accept'         => $pulseboard::fleet_accept,
      'maxAgents'      => $pulseboard::fleet_max_agents,
      'everySeconds'   => $pulseboard::fleet_every_seconds,
      'offlineSeconds' => $pulseboard::fleet_offline_seconds,
      'approval'       => $pulseboard::fleet_approval,
      'keep'           => $pulseboard::fleet_keep,
      'hub'            => $pulseboard::fleet_hub,
      'tokenFile'      => $pulseboard::fleet_token_file,
      'caFile'         => $pulseboard::fleet_ca_file,
      'pin'            => $pulseboard::fleet_pin,
      'plain'          => $pulseboard::fleet_plain,
      'share'          => $pulseboard::fleet_share,
    },
    'nats' => {
      'servers'      => $pulseboard::nats_servers,
      'user'         => $pulseboard::nats_user,
      'passwordFile' => $pulseboard::nats_password_file,
      'caFile'       => $pulseboard::nats_ca_file,
      'plain'        => $pulseboard::nats_plain,
      'hubName'      => $pulseboard::nats_hub_name,
    },
    'work' => {
      'start'  => $pulseboard::work_start,
      'socket' => $pulseboard::work_socket,
    },
    'alerts' => {
      'enabled'   => $pulseboard::alerts_enabled,
      'folder'    => $pulseboard::alerts_folder,
      'publicUrl' => $pulseboard::alerts_public_url,
    },
    'host' => {
      'source'                     => $pulseboard::host_source,
      'intervalMilliseconds'       => $pulseboard::host_interval_milliseconds,
      'filesystemsIntervalSeconds' => $pulseboard::host_filesystems_interval_seconds,
      'deadlineMilliseconds'       => $pulseboard::host_deadline_milliseconds,
      'topProcesses'               => $pulseboard::host_top_processes,
      'ignoreInterfaces'           => $pulseboard::host_ignore_interfaces,
      'ignoreDisks'                => $pulseboard::host_ignore_disks,
      'ignoreFilesystems'          => $pulseboard::host_ignore_filesystems,
      'ignoreSensors'              => $pulseboard::host_ignore_sensors,
    },
    's3' => {
      'folder'              => $pulseboard::s3_folder,
      'jobs'                => $pulseboard::s3_jobs,
      'maxWorkers'          => $pulseboard::s3_max_workers,
      'partMebibytes'       => $pulseboard::s3_part_mebibytes,
      'refreshMilliseconds' => $pulseboard::s3_refresh_milliseconds,
      'maxRecent'           => $pulseboard::s3_max_recent,
      'settleSeconds'       => $pulseboard::s3_settle_seconds,
      'limitBytesPerSecond' => $pulseboard::s3_limit_bytes_per_second,
      'limits'              => $pulseboard::s3_limits,
      'zone'                => $pulseboard::s3_zone,
      'reports'             => $pulseboard::s3_reports,
      'prices'              => $pulseboard::s3_prices,
    },
    'uploads' => {
      'folder'                   => $pulseboard::uploads_folder,
      'rclone'                   => $pulseboard::uploads_rclone,
      'rcloneConfig'             => $pulseboard::uploads_rclone_config,
      'rcloneConfigPasswordFile' => $pulseboard::uploads_rclone_config_password_file,
      'uploaders'                => $pulseboard::uploads_uploaders,
      'attached'                 => $pulseboard::uploads_attached,
      'accounts'                 => $pulseboard::uploads_accounts,
      'quotaBytes'               => $pulseboard::uploads_quota_bytes,
      'quotaWindow'              => $pulseboard::uploads_quota_window,
      'quotaZone'                => $pulseboard::uploads_quota_zone,
      'triggers'                 => $pulseboard::uploads_triggers,
      'timetable'                => $pulseboard::uploads_timetable,
      'timeZone'                 => $pulseboard::uploads_time_zone,
      'streamsUrl'               => $pulseboard::uploads_streams_url,
      'streamsTokenFile'         => $pulseboard::uploads_streams_token_file,
      'streamsPointer'           => $pulseboard::uploads_streams_pointer,
      'streamsLimits'            => $pulseboard::uploads_streams_limits,
      'listSeconds'              => $pulseboard::uploads_list_seconds,
      'settleSeconds'            => $pulseboard::uploads_settle_seconds,
      'pollMilliseconds'         => $pulseboard::uploads_poll_milliseconds,
      'retrySeconds'             => $pulseboard::uploads_retry_seconds,
      'stalledSeconds'           => $pulseboard::uploads_stalled_seconds,
      'cloudplowHost'            => $pulseboard::uploads_cloudplow_host,
      'cloudplowPort'            => $pulseboard::uploads_cloudplow_port,
    },
    'lab' => {
      'enabled'             => $pulseboard::lab_enabled,
      'folder'              => $pulseboard::lab_folder,
      'nodes'               => $pulseboard::lab_nodes,
      'players'             => $pulseboard::lab_players,
      'popularViews'        => $pulseboard::lab_popular_views,
      'refreshMilliseconds' => $pulseboard::lab_refresh_milliseconds,
    },
    'sync' => {
      'enabled' => $pulseboard::sync_enabled,
      'host'    => $pulseboard::sync_host,
      'port'    => $pulseboard::sync_port,
      'folder'  => $pulseboard::sync_folder,
    },
    'history' => {
      'folder'      => $pulseboard::history_folder,
      'days'        => $pulseboard::history_days,
      'maxSeries'   => $pulseboard::history_max_series,
      'processDays' => $pulseboard::history_process_days,
    },
    'remoteWrite' => {
      'url'              => pulseboard::plain($pulseboard::remote_write_url),
      'intervalSeconds'  => $pulseboard::remote_write_interval_seconds,
      'labels'           => $pulseboard::remote_write_labels,
      'user'             => $pulseboard::remote_write_user,
      'userPassword'     => pulseboard::plain($pulseboard::remote_write_user_password),
      'userPasswordFile' => $pulseboard::remote_write_user_password_file,
      'bearerSecret'     => pulseboard::plain($pulseboard::remote_write_bearer_secret),
      'bearerSecretFile' => $pulseboard::remote_write_bearer_secret_file,
      'caFile'           => $pulseboard::remote_write_ca_file,
    },
    'log'  => {
      'folder' => $pulseboard::log_folder,
    },
  }

  # With a secret in it, neither a report nor the catalogue shows what is in it.
  $secrets = [
    $pulseboard::oidc_client_secret,
    $pulseboard::remote_write_user_password,
    $pulseboard::remote_write_bearer_secret,
  ]
  $has_secret = $pulseboard::remote_write_url =~ Sensitive or $secrets.any |$secret| {
    !(pulseboard::plain($secret) in [undef, ''])
  }
  $yaml = epp('pulseboard/pulseboard.yaml.epp', { 'settings' => $settings })
  $content = $has_secret ? {
    true    => Sensitive($yaml),
    default => $yaml,
  }
  file { '/etc/pulseboard/pulseboard.yaml':
    ensure    => file,
    owner     => 'root',
    group     => 'pulseboard',
    mode      => '0640',
    show_diff => !$has_secret,
    content   => $content,
  }

  # Its content is the administrator's. Only systemd reads it, as root.
  file { '/etc/default/pulseboard':
    ensure    => file,
    owner     => 'root',
    group     => 'root',
    mode      => '0600',
    show_diff => false,
  }
}

# frozen_string_literal: true

require 'rspec-puppet'
require 'json'
require 'open3'
require 'tempfile'
require 'yaml'

MODULE_FOLDER = File.expand_path('..', __dir__)
REPOSITORY = File.expand_path('../../..', MODULE_FOLDER)

# Every Pulseboard setting, all but the secret with another value than its default, and texts that would break out of a careless file.
ALL_SETTINGS = {
  'web_host' => '::1',
  'web_port' => 9001,
  'web_allowed_origins' => ["https://a.example", "https://it's.example:8443"],
  'web_allowed_hosts' => ['monitor.example', 'a_b'],
  'web_frame_ancestors' => ['https://a.example', 'http://[::1]:8443'],
  'web_public_values' => %w[cpu disk],
  'web_trusted_proxies' => ['10.0.0.0/8', '::1'],
  'web_max_viewers' => 7,
  'web_max_handlers_per_socket' => 8,
  'web_max_message_bytes' => 512,
  'web_ping_timeout_seconds' => 60,
  'web_write_timeout_seconds' => 20,
  'tls_certificate_file' => "#{REPOSITORY}/pom.xml", # Any file that can be read.
  'tls_key_file' => "#{REPOSITORY}/pom.xml",
  'auth_folder' => '/srv/users',
  'auth_session_days' => 7,
  'auth_user_header' => 'X-Whoever',
  'auth_user_header_role' => 'operator',
  'oidc_issuer' => 'https://id.example/realm',
  'oidc_client_id' => 'board',
  'oidc_client_secret' => '',
  'oidc_client_secret_file' => '/etc/pulseboard/oidc-secret',
  'oidc_public_url' => 'https://monitor.example/',
  'oidc_scopes' => %w[openid groups],
  'oidc_name_claim' => 'email',
  'oidc_groups_claim' => 'https://id.example/groups',
  'oidc_viewer_groups' => ["it's", '*'],
  'oidc_operator_groups' => ['/operators'],
  'oidc_admin_groups' => ['admins'],
  'oidc_ca_file' => '/etc/ssl/certs/id.pem',
  'oidc_button_name' => "it's ID",
  'fleet_accept' => true,
  'fleet_max_agents' => 7,
  'fleet_hub' => "https://it's.example/monitor/",
  'fleet_token_file' => '/etc/pulseboard/hub.token',
  'fleet_ca_file' => '/etc/ssl/certs/hub.pem',
  'fleet_plain' => true,
  'work_start' => false,
  'work_socket' => '/srv/work.socket',
  'alerts_enabled' => false,
  'host_source' => 'oshi',
  'host_interval_milliseconds' => 2000,
  'host_filesystems_interval_seconds' => 30,
  'host_deadline_milliseconds' => 500,
  'host_top_processes' => 5,
  'host_ignore_interfaces' => "it's|''|#{'\\d+'} # no comment",
  'host_ignore_sensors' => 'nct6798 AUXTIN.*',
  'host_ignore_disks' => "\ufeff\u00a0\": [1, &a *a !!str %d] é",
  'host_ignore_filesystems' => 'null',
  'history_folder' => '/srv/history',
  'history_days' => 90,
  'history_max_series' => 50,
  'history_process_days' => 0,
  'remote_write_url' => 'https://metrics.example/api/v1/write',
  'remote_write_interval_seconds' => 30,
  'remote_write_labels' => ['job=node', "site=it's"],
  'remote_write_user' => '',
  'remote_write_user_password' => '',
  'remote_write_user_password_file' => '',
  'remote_write_bearer_secret' => '',
  'remote_write_bearer_secret_file' => "#{REPOSITORY}/pom.xml",
  'remote_write_ca_file' => "#{REPOSITORY}/pom.xml",
  'log_folder' => '/srv/log/pulseboard'
}.freeze

RSpec.configure do |config|
  config.module_path = File.dirname(MODULE_FOLDER)
  config.setup_fixtures = false # No links to ourselves: the module is found where it is.
  config.strict_variables = true
  config.default_facts = { 'os' => { 'family' => 'Debian', 'name' => 'Debian', 'release' => { 'major' => '12' } } }
end

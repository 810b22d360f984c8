# @summary Pulseboard, a live monitor of this machine, as a service behind Nginx.
# Parameters named web_, tls_, auth_, oidc_, fleet_, nats_, work_, alerts_, host_, s3_, uploads_, lab_, sync_, history_, remote_write_ and
# log_ are the settings of the program;
# docs/settings.md says what each does.
# What is undef is not written, so that the program's default holds.
#
# @param ensure absent removes the package with its settings and logs, and the Nginx site; Java and Nginx stay
# @param package_source path of pulseboard.deb on this machine; a newer package there is installed by the next run
# @param java_package package of the Java runtime, 17 or newer
# @param java_options flags for the Java virtual machine, such as -Xmx256m; they win over Pulseboard's own
# @param memory_limit most memory that the service may use, such as 1G; undef: as the package's unit says
# @param service_ensure whether the service runs, and starts with the machine
# @param agent_ensure whether pulseboard-agent, which shows this machine at fleet_hub, runs and starts with the machine
# @param jobs_ensure the same for pulseboard-work, in which jobs run
# @param require_login false: nobody has to sign in, whoever can reach the page sees everything (--no-auth)
# @param manage_nginx whether to install Nginx and put Pulseboard behind it
# @param nginx_listen addresses and ports of Nginx; undef: port 80, for this machine only
# @param nginx_remove_default_site whether to remove Debian's default site, which answers on port 80 of all addresses, and restart
#   Nginx once; false: Puppet cannot know whether it is still the welcome page or somebody's own site by now
# @param nginx_server_names names by which the page is asked for; for other names Nginx shows its other sites
# @param nginx_certificate certificate chain, PEM; with it Nginx speaks HTTPS, on nginx_listen, and HTTPS only
# @param nginx_certificate_key key of the certificate, PEM
# @param nginx_password_file file of names and passwords (htpasswd) to copy, a path or puppet:// address: Nginx asks for them, and
#   Pulseboard asks nobody again; undef: Pulseboard asks for its own
# @param web_host address to listen on
# @param web_port port to listen on; below 1024 is for root
# @param web_allowed_origins other origins whose pages may connect, such as https://a.example
# @param web_allowed_hosts names by which browsers may ask for it; undef: those of nginx_server_names, if Nginx is managed here;
#   wildcards and regular expressions are no names, list what they stand for
# @param web_frame_ancestors other origins whose pages may show the page in a frame
# @param web_public_values values that strangers may see, such as cpu, as badge, widget and JSON
# @param web_trusted_proxies addresses or CIDR blocks of proxies to believe; undef: the Nginx that is managed here
# @param web_max_viewers open sockets and streams at once
# @param web_max_handlers_per_socket registrations and unanswered requests of one socket
# @param web_max_message_bytes largest message taken from a viewer
# @param web_ping_timeout_seconds a socket that has not pinged for so long is closed
# @param web_write_timeout_seconds a connection on which nothing could be written for so long is closed
# @param tls_certificate_file certificate chain, PEM, for HTTPS without Nginx; a file that the service can read
# @param tls_key_file key of the certificate, PEM
# @param auth_folder where users and tokens are kept
# @param auth_session_days after so many days a browser has to sign in again
# @param auth_user_header header in which a trusted proxy names the user; undef: that of Nginx, with nginx_password_file
# @param auth_user_header_role the role of such a user
# @param oidc_issuer address of an OpenID Connect provider, exactly as it tells it; an empty text: none
# @param oidc_client_id the name under which the provider knows Pulseboard
# @param oidc_client_secret its secret there, better Sensitive, and better still in oidc_client_secret_file
# @param oidc_client_secret_file file on this machine that holds the secret and that the user pulseboard can read
# @param oidc_public_url the page as browsers reach it
# @param oidc_scopes what the provider is asked for, openid among it
# @param oidc_name_claim the claim that is the user's name
# @param oidc_groups_claim the claim that holds the user's groups
# @param oidc_viewer_groups groups whose members become viewers; * is everybody
# @param oidc_operator_groups the same for operators
# @param oidc_admin_groups the same for admins
# @param oidc_ca_file certificates (PEM) that vouch for the provider, instead of those that Java brings
# @param oidc_button_name what the page calls it
# @param fleet_accept whether other machines may show their boards here
# @param fleet_max_agents how many machines at most
# @param fleet_every_seconds how often another machine sends what changed while nobody looks at it
# @param fleet_offline_seconds how old the newest data of a machine is when it counts as offline
# @param fleet_approval whether a machine that joins is let in at once, or by an administrator
# @param fleet_keep what the history keeps of other machines: all, or a summary
# @param fleet_hub for the agent: the Pulseboard that is to show this machine
# @param fleet_token_file for the agent: file on this machine that holds the token and that the user pulseboard can read
# @param fleet_ca_file for the agent: certificates (PEM) that vouch for that Pulseboard, instead of those that Java brings
# @param fleet_pin for the agent: the key of that Pulseboard, which is trusted and no other
# @param fleet_plain for the agent: whether the token may travel unencrypted
# @param fleet_share for the agent: names of the boards that the other may see, or all
# @param nats_servers for several hubs: addresses of the NATS servers by which they share what they know
# @param nats_user who the hubs are there
# @param nats_password_file file on this machine that holds the password and that the user pulseboard can read
# @param nats_ca_file certificates (PEM) that vouch for the servers, instead of those that Java brings
# @param nats_plain whether the password may travel to another machine unencrypted
# @param nats_hub_name what this hub is called among the others
# @param work_start whether jobs run in a child of the program; the package's unit says no, which wins
# @param alerts_enabled whether the program judges if this machine is well
# @param alerts_folder where files of rules are
# @param alerts_public_url where people open the page, for links in messages
# @param work_socket Unix socket by which jobs hand out what they serve; the package's units say which, which wins
# @param host_source where figures come from: auto, oshi or kernel
# @param host_interval_milliseconds time from one sample to the next
# @param host_filesystems_interval_seconds the same for filesystems
# @param host_deadline_milliseconds how long a sampler may take before it counts as hanging
# @param host_top_processes how many processes are shown by CPU, and as many by memory
# @param host_ignore_interfaces network interfaces left out, a regular expression
# @param host_ignore_disks block devices left out, a regular expression
# @param host_ignore_filesystems mount paths left out, a regular expression
# @param host_ignore_sensors temperatures, fans and batteries left out by their label, a regular expression
# @param s3_folder where runs of the S3 board are noted; an empty text: in the state folder of the user that runs them
# @param s3_jobs the folders that are copied to S3, by the names of the jobs; the keys are those of docs/boards/s3.md
# @param s3_max_workers how many requests of a run are under way at once, at most
# @param s3_part_mebibytes the parts into which large files are cut, at least
# @param s3_refresh_milliseconds how often the board changes, at most
# @param s3_max_recent how many of the last files, errors and warnings are shown
# @param s3_settle_seconds a file that was changed less than so long ago is left for the next run
# @param s3_limit_bytes_per_second how fast all jobs together send, at most; 0: as fast as it goes
# @param s3_limits the same by the time of day, such as '08:00 2M'
# @param s3_zone the time zone of these times; an empty text: this machine's
# @param s3_reports whether other programs may tell of runs of their own
# @param s3_prices what a thousand requests of a kind cost, such as 'put 0.005'
# @param uploads_folder where ledger and sessions of uploads are noted; an empty text: in the state folder of the user that runs them
# @param uploads_rclone the program that moves the files
# @param uploads_rclone_config the file of its remotes; an empty text: rclone's own
# @param uploads_rclone_config_password_file file that holds the password of that file
# @param uploads_uploaders the uploaders, by their names; the keys are those of docs/boards/uploads.md
# @param uploads_attached rclones that others have started, shown and never commanded, by names of people's choice
# @param uploads_accounts accounts whose quota is another, by the name that the board shows
# @param uploads_quota_bytes how much an account may take in its window, such as 750 GB
# @param uploads_quota_window which bytes count
# @param uploads_quota_zone the time zone of the calendar's midnight
# @param uploads_triggers what in rclone's log has an account rest
# @param uploads_timetable from when on which limit holds, such as 08:00 10 MB
# @param uploads_time_zone the time zone of the timetable
# @param uploads_streams_url where a media server tells what is watched
# @param uploads_streams_token_file file that holds the token for it
# @param uploads_streams_pointer where in that JSON the number of streams is
# @param uploads_streams_limits from how many streams on which limit holds
# @param uploads_list_seconds how often folders are listed
# @param uploads_settle_seconds a file that was changed less than so long ago is left for later
# @param uploads_poll_milliseconds how often rclone is asked while it uploads
# @param uploads_retry_seconds how long a file rests that could not be uploaded
# @param uploads_stalled_seconds a stage is stopped when no byte has moved for so long; 0: never
# @param uploads_cloudplow_host the address of the port that Cloudplow had
# @param uploads_cloudplow_port that port; 0: none
# @param lab_enabled whether there is a streaming lab
# @param lab_folder where its nodes keep what they hold; an empty text: in the state folder of the user that runs them
# @param lab_nodes how many storage nodes it has
# @param lab_players schedulers of the players that play from the beginning, separated by commas
# @param lab_popular_views views in the last hour from which a video is kept as three copies
# @param lab_refresh_milliseconds how often its board changes, at most
# @param sync_enabled whether this machine coordinates file sync
# @param sync_host the address at which the agents of other machines connect
# @param sync_port the port for them
# @param sync_folder where machines and folders are noted; an empty text: in the state folder of the user that runs the jobs
# @param history_folder where the history is kept; an empty text: where users and tokens are
# @param history_days how long it is kept; 0: nothing on disk
# @param history_max_series how many series are kept at most
# @param history_process_days how long the busiest processes of each minute are kept; 0: not at all
# @param remote_write_url where metrics are pushed to, Sensitive if there is a token in it; an empty text: nowhere
# @param remote_write_interval_seconds time from one sending to the next
# @param remote_write_labels labels of every series, each name=value
# @param remote_write_user name for basic authentication
# @param remote_write_user_password its password, better Sensitive
# @param remote_write_user_password_file file on this machine that holds it and that the user pulseboard can read
# @param remote_write_bearer_secret token that is shown instead of a name, better Sensitive
# @param remote_write_bearer_secret_file file on this machine that holds it and that the user pulseboard can read
# @param remote_write_ca_file certificates (PEM) that vouch for the server, instead of those that Java brings
# @param log_folder where log files are written, made if it is missing; an empty text: nowhere
class pulseboard (
  Enum['present', 'absent'] $ensure,
  String[1] $java_package,
  Enum['running', 'stopped'] $service_ensure,
  Enum['running', 'stopped'] $agent_ensure,
  Enum['running', 'stopped'] $jobs_ensure,
  Boolean $require_login,
  Boolean $manage_nginx,
  Boolean $nginx_remove_default_site,
  Array[Pattern[/\A[A-Za-z0-9*._:\[\]-]+\z/], 1] $nginx_server_names,
  Optional[Pulseboard::Path] $package_source = undef,
  Optional[Pulseboard::Text] $java_options = undef,
  Optional[Pattern[/\A\d+[KMGT]?\z/]] $memory_limit = undef,
  Optional[Array[Pulseboard::Listen, 1]] $nginx_listen = undef,
  Optional[Pulseboard::Path] $nginx_certificate = undef,
  Optional[Pulseboard::Path] $nginx_certificate_key = undef,
  Optional[Variant[Pulseboard::Path, Pattern[/\Apuppet:/]]] $nginx_password_file = undef,
  Optional[Pulseboard::Address] $web_host = undef,
  Optional[Integer[1024, 65535]] $web_port = undef,
  Optional[Array[Pattern[/\Ahttps?:\/\/[^\/[:space:][:cntrl:]]+\z/]]] $web_allowed_origins = undef,
  Optional[Array[Pattern[/\A[A-Za-z0-9._-]+\z/]]] $web_allowed_hosts = undef,
  Optional[Array[Pattern[/\Ahttps?:\/\/[A-Za-z0-9._:\[\]-]+\z/]]] $web_frame_ancestors = undef,
  Optional[Array[Pattern[/\A[a-z]+\z/]]] $web_public_values = undef,
  Optional[Array[Pattern[/\A[0-9A-Fa-f.:]+(\/\d{1,3})?\z/]]] $web_trusted_proxies = undef,
  Optional[Integer[1, 1000000]] $web_max_viewers = undef,
  Optional[Integer[1, 1000]] $web_max_handlers_per_socket = undef,
  Optional[Integer[256, 1048576]] $web_max_message_bytes = undef,
  Optional[Integer[30, 3600]] $web_ping_timeout_seconds = undef,
  Optional[Integer[10, 3600]] $web_write_timeout_seconds = undef,
  Optional[Pulseboard::Path] $tls_certificate_file = undef,
  Optional[Pulseboard::Path] $tls_key_file = undef,
  Optional[Pulseboard::Path] $auth_folder = undef,
  Optional[Integer[1, 365]] $auth_session_days = undef,
  Optional[Pattern[/\A[A-Za-z0-9-]*\z/]] $auth_user_header = undef,
  Optional[Enum['viewer', 'operator', 'admin']] $auth_user_header_role = undef,
  Optional[Pulseboard::Text] $oidc_issuer = undef,
  Optional[Pulseboard::Text] $oidc_client_id = undef,
  Optional[Pulseboard::Secret] $oidc_client_secret = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $oidc_client_secret_file = undef,
  Optional[Pulseboard::Text] $oidc_public_url = undef,
  Optional[Array[Pulseboard::Text]] $oidc_scopes = undef,
  Optional[Pulseboard::Text] $oidc_name_claim = undef,
  Optional[Pulseboard::Text] $oidc_groups_claim = undef,
  Optional[Array[Pulseboard::Text]] $oidc_viewer_groups = undef,
  Optional[Array[Pulseboard::Text]] $oidc_operator_groups = undef,
  Optional[Array[Pulseboard::Text]] $oidc_admin_groups = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $oidc_ca_file = undef,
  Optional[Pulseboard::Text] $oidc_button_name = undef,
  Optional[Boolean] $fleet_accept = undef,
  Optional[Integer[1, 10000]] $fleet_max_agents = undef,
  Optional[Integer[1, 60]] $fleet_every_seconds = undef,
  Optional[Integer[10, 3600]] $fleet_offline_seconds = undef,
  Optional[Enum['automatic', 'manual']] $fleet_approval = undef,
  Optional[Enum['all', 'summary']] $fleet_keep = undef,
  Optional[Pulseboard::Text] $fleet_hub = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $fleet_token_file = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $fleet_ca_file = undef,
  Optional[Pulseboard::Text] $fleet_pin = undef,
  Optional[Boolean] $fleet_plain = undef,
  Optional[Array[Pulseboard::Text]] $fleet_share = undef,
  Optional[Array[Pattern[/\A(tls|nats):\/\/[A-Za-z0-9.:\[\]_-]+\z/]]] $nats_servers = undef,
  Optional[Pulseboard::Text] $nats_user = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $nats_password_file = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $nats_ca_file = undef,
  Optional[Boolean] $nats_plain = undef,
  Optional[Pattern[/\A([a-z0-9][a-z0-9-]{0,62})?\z/]] $nats_hub_name = undef,
  Optional[Boolean] $work_start = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $work_socket = undef,
  Optional[Boolean] $alerts_enabled = undef,
  Optional[Pulseboard::Path] $alerts_folder = undef,
  Optional[Pulseboard::Text] $alerts_public_url = undef,
  Optional[Enum['auto', 'oshi', 'kernel']] $host_source = undef,
  Optional[Integer[250, 60000]] $host_interval_milliseconds = undef,
  Optional[Integer[1, 3600]] $host_filesystems_interval_seconds = undef,
  Optional[Integer[100, 10000]] $host_deadline_milliseconds = undef,
  Optional[Integer[1, 100]] $host_top_processes = undef,
  Optional[Pulseboard::Text] $host_ignore_interfaces = undef,
  Optional[Pulseboard::Text] $host_ignore_disks = undef,
  Optional[Pulseboard::Text] $host_ignore_filesystems = undef,
  Optional[Pulseboard::Text] $host_ignore_sensors = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $s3_folder = undef,
  Optional[Pulseboard::Groups] $s3_jobs = undef,
  Optional[Integer[1, 256]] $s3_max_workers = undef,
  Optional[Integer[5, 1024]] $s3_part_mebibytes = undef,
  Optional[Integer[100, 60000]] $s3_refresh_milliseconds = undef,
  Optional[Integer[1, 100]] $s3_max_recent = undef,
  Optional[Integer[0, 86400]] $s3_settle_seconds = undef,
  Optional[Integer[0, 2147483647]] $s3_limit_bytes_per_second = undef,
  Optional[Array[Pulseboard::Text]] $s3_limits = undef,
  Optional[Pulseboard::Text] $s3_zone = undef,
  Optional[Boolean] $s3_reports = undef,
  Optional[Array[Pulseboard::Text]] $s3_prices = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $uploads_folder = undef,
  Optional[String] $uploads_rclone = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $uploads_rclone_config = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $uploads_rclone_config_password_file = undef,
  Optional[Pulseboard::Groups] $uploads_uploaders = undef,
  Optional[Pulseboard::Groups] $uploads_attached = undef,
  Optional[Pulseboard::Groups] $uploads_accounts = undef,
  Optional[String] $uploads_quota_bytes = undef,
  Optional[Enum['fixed', 'rolling', 'calendar']] $uploads_quota_window = undef,
  Optional[String] $uploads_quota_zone = undef,
  Optional[Pulseboard::Groups] $uploads_triggers = undef,
  Optional[Array[String]] $uploads_timetable = undef,
  Optional[String] $uploads_time_zone = undef,
  Optional[String] $uploads_streams_url = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $uploads_streams_token_file = undef,
  Optional[String] $uploads_streams_pointer = undef,
  Optional[Array[String]] $uploads_streams_limits = undef,
  Optional[Integer[1, 86400]] $uploads_list_seconds = undef,
  Optional[Integer[0, 86400]] $uploads_settle_seconds = undef,
  Optional[Integer[100, 60000]] $uploads_poll_milliseconds = undef,
  Optional[Integer[0, 86400]] $uploads_retry_seconds = undef,
  Optional[Integer[0, 86400]] $uploads_stalled_seconds = undef,
  Optional[String[1]] $uploads_cloudplow_host = undef,
  Optional[Integer[0, 65535]] $uploads_cloudplow_port = undef,
  Optional[Boolean] $lab_enabled = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $lab_folder = undef,
  Optional[Integer[5, 16]] $lab_nodes = undef,
  Optional[Pattern[/\A([a-z_]+(,[a-z_]+){0,7})?\z/]] $lab_players = undef,
  Optional[Integer[2, 100000]] $lab_popular_views = undef,
  Optional[Integer[100, 60000]] $lab_refresh_milliseconds = undef,
  Optional[Boolean] $sync_enabled = undef,
  Optional[Pulseboard::Text] $sync_host = undef,
  Optional[Integer[0, 65535]] $sync_port = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $sync_folder = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $history_folder = undef,
  Optional[Integer[0, 3650]] $history_days = undef,
  Optional[Integer[10, 20000]] $history_max_series = undef,
  Optional[Integer[0, 3650]] $history_process_days = undef,
  Optional[Pulseboard::Secret] $remote_write_url = undef,
  Optional[Integer[5, 3600]] $remote_write_interval_seconds = undef,
  Optional[Array[Pulseboard::Text]] $remote_write_labels = undef,
  Optional[Pulseboard::Text] $remote_write_user = undef,
  Optional[Pulseboard::Secret] $remote_write_user_password = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $remote_write_user_password_file = undef,
  Optional[Pulseboard::Secret] $remote_write_bearer_secret = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $remote_write_bearer_secret_file = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $remote_write_ca_file = undef,
  Optional[Variant[Enum[''], Pulseboard::Path]] $log_folder = undef,
) {
  if $ensure == 'absent' {
    contain pulseboard::remove
  } else {
    contain pulseboard::install, pulseboard::config, pulseboard::unit, pulseboard::service, pulseboard::nginx
    contain pulseboard::default_site
    # No arrow of change from the package to the service: the package itself restarts it, once.
    Class['pulseboard::install'] -> Class['pulseboard::config', 'pulseboard::unit'] ~> Class['pulseboard::service']
    Class['pulseboard::service'] -> Class['pulseboard::nginx'] -> Class['pulseboard::default_site']
  }
}

# frozen_string_literal: true

require 'spec_helper'

describe 'pulseboard' do
  let(:params) { { 'package_source' => '/root/pulseboard.deb' }.merge(more) }
  let(:more) { {} }
  let(:site) { '/etc/nginx/sites-enabled/pulseboard.conf' }
  let(:drop_in) { '/etc/systemd/system/pulseboard.service.d/puppet.conf' }

  context 'with nothing but the package' do
    it('compiles with all its dependencies') { is_expected.to compile.with_all_deps }

    it 'installs Java before the package, and keeps to the newest' do
      is_expected.to contain_package('pulseboard')
        .with('ensure' => 'latest', 'provider' => 'dpkg', 'source' => '/root/pulseboard.deb')
        .that_requires('Package[default-jre-headless]')
    end

    it 'restarts the service after a changed setting, and not after a newer package, which does it itself' do
      is_expected.to contain_file('/etc/pulseboard/pulseboard.yaml').that_notifies('Service[pulseboard]')
      is_expected.to contain_file(drop_in).that_notifies('Service[pulseboard]')
      is_expected.to contain_package('pulseboard').that_comes_before('File[/etc/pulseboard/pulseboard.yaml]')
      is_expected.not_to contain_class('pulseboard::install').that_notifies('Class[pulseboard::service]')
    end

    it 'has systemd read the drop-in before the service is restarted, the first one too' do
      is_expected.to contain_exec('pulseboard: reload units').with('refreshonly' => true)
        .that_subscribes_to("File[#{drop_in}]").that_notifies('Service[pulseboard]')
    end

    it 'never restarts Nginx: it is reloaded, and only with a configuration that it accepts' do
      is_expected.to contain_file(site).that_notifies('Service[nginx]')
      is_expected.to contain_service('nginx').with('restart' => '/usr/bin/systemctl reload nginx')
        .that_requires('Exec[pulseboard: check the configuration of Nginx]')
      is_expected.to contain_package('pulseboard').that_notifies('Service[nginx]')
      is_expected.not_to contain_class('pulseboard::config').that_notifies('Class[pulseboard::nginx]')
    end

    it 'leaves the other sites of Nginx alone' do
      is_expected.not_to contain_file('/etc/nginx/sites-enabled/default')
    end

    it 'writes only a site that the whole configuration of Nginx passes with' do
      is_expected.to contain_file(site).with_validate_cmd(%r{basename %\).*; /usr/sbin/nginx -t -q -c \S+\z})
    end

    it 'lets nobody but this machine in' do
      is_expected.to contain_file(site).with_content(/^    listen 127\.0\.0\.1:80;$/)
        .with_content(/^    server_name localhost;$/).with_content(/^    server 127\.0\.0\.1:8080;$/)
        .without_content(/ssl|password|::/)
    end

    it 'writes the settings that differ from the program and no other' do
      is_expected.to contain_file('/etc/pulseboard/pulseboard.yaml').with_content(
        /\A#.*\nweb:\n  trustedProxies: \['127\.0\.0\.1'\]\nauth:\n  folder: '\/var\/lib\/pulseboard'\nlog:\n  folder: '\/var\/log\/pulseboard'\n\z/
      )
    end

    it 'keeps users where the package keeps them, so that "pulseboard user" and the service mean the same' do
      packaged = YAML.load_file("#{REPOSITORY}/src/main/packaging/pulseboard.yaml")
      written = YAML.safe_load(catalogue.resource('File', '/etc/pulseboard/pulseboard.yaml')[:content])
      expect(written['auth']).to eq(packaged['auth'])
    end

    it 'leaves memory and Java as the package has them' do
      is_expected.to contain_file(drop_in).with_content(/\A#.*\n\[Service\]\n\z/)
    end
  end

  context 'on a machine with IPv6' do
    let(:facts) { { 'networking' => { 'interfaces' => { 'lo' => { 'bindings6' => [{ 'address' => '::1' }] } } } } }

    it 'answers a browser that asks localhost for ::1, too, and still nobody but this machine' do
      is_expected.to contain_file(site).with_content(/^    listen 127\.0\.0\.1:80;\n    listen \[::1\]:80;\n    server_name/)
    end
  end

  context 'with its own memory limit, Java options and log folder' do
    let(:more) { { 'memory_limit' => '1G', 'java_options' => '-Xmx256m -Da="b" -Db=\\%h', 'log_folder' => '/srv/log' } }

    it 'quotes them for systemd' do
      is_expected.to contain_file(drop_in).with_content(<<~'DROP_IN')
        # Written by Puppet, beside the package's own unit; what is changed here is lost.
        [Service]
        MemoryMax=1G
        Environment="JAVA_OPTIONS=-Xmx256m -Da=\"b\" -Db=\\%%h"
        ReadWritePaths=/srv/log
      DROP_IN
    end

    it 'makes the folder for the service' do
      is_expected.to contain_file('/srv/log').with('ensure' => 'directory', 'owner' => 'pulseboard')
        .that_requires('Package[pulseboard]')
    end
  end

  context 'with HTTPS and a password, on IPv6' do
    let(:more) do
      { 'nginx_listen' => ['443', '[::]:443'], 'nginx_server_names' => ['a.example', '*.b.example'],
        'nginx_certificate' => '/etc/ssl/a.pem', 'nginx_certificate_key' => '/etc/ssl/a.key',
        'nginx_password_file' => '/root/users', 'web_host' => '::', 'web_port' => 9000 }
    end

    it 'says so in the site' do
      is_expected.to contain_file(site)
        .with_content(/^    listen 443 ssl http2;\n    listen \[::\]:443 ssl http2;\n    server_name a\.example \*\.b\.example;$/)
        .with_content(%r{^    ssl_certificate     /etc/ssl/a\.pem;\n    ssl_certificate_key /etc/ssl/a\.key;$})
        .with_content(%r{^    include /usr/share/pulseboard/nginx/snippets/tls\.conf;$})
        .with_content(%r{^    include /usr/share/pulseboard/nginx/snippets/password\.conf;$})
        .with_content(/^    server \[::1\]:9000;$/)
    end

    it 'shows the passwords to Nginx only' do
      is_expected.to contain_file('/etc/nginx/pulseboard.passwords')
        .with('source' => '/root/users', 'mode' => '0640', 'group' => 'www-data', 'show_diff' => false)
        .that_comes_before("File[#{site}]")
    end
  end

  context 'with names of many kinds' do
    let(:more) do
      { 'nginx_server_names' => ['_', 'a.example', '*.b.example', 'localhost', 'c.localhost', '127.0.0.1', '[::1]', 'd'] }
    end

    it 'tells the program those that it cannot know by itself, and that are names' do
      is_expected.to contain_file('/etc/pulseboard/pulseboard.yaml').with_content(/^  allowedHosts: \['a\.example', 'd'\]$/)
    end

    context 'and names of its own for the program' do
      let(:more) { super().merge('web_allowed_hosts' => ['e.b.example']) }

      it('tells these') do
        is_expected.to contain_file('/etc/pulseboard/pulseboard.yaml').with_content(/^  allowedHosts: \['e\.b\.example'\]$/)
      end
    end
  end

  context 'with a password of Nginx' do
    let(:more) { { 'nginx_password_file' => '/root/users' } }

    it 'lets in whom Nginx has let in' do
      is_expected.to contain_file('/etc/pulseboard/pulseboard.yaml').with_content(/^  userHeader: 'X-Remote-User'$/)
      expect(File.read("#{REPOSITORY}/nginx/snippets/proxy.conf")).to include('proxy_set_header X-Remote-User $pulseboard_user;')
    end

    context 'that is not managed here' do
      let(:more) { super().merge('manage_nginx' => false) }

      it('believes no header') do
        is_expected.to contain_file('/etc/pulseboard/pulseboard.yaml').without_content(/userHeader/)
      end
    end
  end

  context 'with pages that show it in a frame' do
    let(:more) { { 'web_frame_ancestors' => ['https://a.example', 'https://b.example:8443'] } }

    it 'tells Nginx, which serves the page, as well as the program' do
      is_expected.to contain_file(site)
        .with_content(%r{^    set \$pulseboard_frame_ancestors "'self' https://a\.example https://b\.example:8443";$})
      is_expected.to contain_file('/etc/pulseboard/pulseboard.yaml').with_content(/^  frameAncestors: /)
    end
  end

  context 'with a login that is not required' do
    let(:more) { { 'require_login' => false } }

    it 'starts the program as the unit of the package does, but for --no-auth' do
      unit = File.read("#{REPOSITORY}/src/main/packaging/pulseboard.service")
      start = unit[/^ExecStart=.*$/]
      is_expected.to contain_file(drop_in).with_content(/^ExecStart=\n#{Regexp.escape(start)} --no-auth\n/)
    end
  end

  context 'with a folder for users of its own' do
    let(:more) { { 'auth_folder' => '/srv/users', 'log_folder' => '/srv/log' } }

    it 'is closed to all but the service, which may write there' do
      is_expected.to contain_file('/srv/users').with('ensure' => 'directory', 'owner' => 'pulseboard', 'mode' => '0700')
        .that_requires('Package[pulseboard]').that_notifies('Service[pulseboard]')
      is_expected.to contain_file(drop_in).with_content(%r{^ReadWritePaths=/srv/users /srv/log$})
    end
  end

  context 'with a folder for the history of its own' do
    let(:more) { { 'history_folder' => '/srv/history' } }

    it 'is closed to all but the service, which may write there' do
      is_expected.to contain_file('/srv/history').with('ensure' => 'directory', 'owner' => 'pulseboard', 'mode' => '0700')
      is_expected.to contain_file(drop_in).with_content(%r{^ReadWritePaths=/srv/history$})
    end
  end

  context 'without the default site' do
    let(:more) { { 'nginx_remove_default_site' => true } }

    it 'restarts Nginx once it is gone, for a reload keeps its addresses' do
      is_expected.to contain_file('/etc/nginx/sites-enabled/default').with_ensure('absent')
        .that_requires('Service[nginx]').that_notifies('Exec[pulseboard: restart Nginx without its default site]')
      is_expected.to contain_exec('pulseboard: restart Nginx without its default site')
        .with('refreshonly' => true, 'command' => /nginx -t -q && .*restart nginx/)
    end
  end

  context 'without Nginx' do
    let(:more) { { 'manage_nginx' => false } }

    it 'touches no Nginx and believes no proxy' do
      is_expected.to compile
      is_expected.not_to contain_package('nginx')
      is_expected.not_to contain_file(site)
      is_expected.to contain_file('/etc/pulseboard/pulseboard.yaml').without_content(/trustedProxies/)
    end
  end

  context 'with a stopped service' do
    let(:more) { { 'service_ensure' => 'stopped' } }

    it('does not start with the machine either') do
      is_expected.to contain_service('pulseboard').with('ensure' => 'stopped', 'enable' => false)
    end
  end

  context 'with an agent, and jobs' do
    it 'runs neither unless told to' do
      %w[pulseboard-agent pulseboard-work].each do |unit|
        is_expected.to contain_service(unit).with('ensure' => 'stopped', 'enable' => false).that_requires('Service[pulseboard]')
      end
    end

    context 'when told to' do
      let(:more) { { 'agent_ensure' => 'running', 'jobs_ensure' => 'running' } }

      it 'runs both, and restarts them after a changed setting' do
        %w[pulseboard-agent pulseboard-work].each do |unit|
          is_expected.to contain_service(unit).with('ensure' => 'running', 'enable' => true)
            .that_subscribes_to('File[/etc/pulseboard/pulseboard.yaml]')
        end
      end
    end
  end

  context 'with ensure absent' do
    let(:params) { { 'ensure' => 'absent' } }

    it 'takes the site from Nginx before the package goes, and the rest with it' do
      is_expected.to compile.with_all_deps
      is_expected.to contain_file(site).with_ensure('absent').that_notifies('Exec[pulseboard: reload Nginx without its site]')
      is_expected.to contain_exec('pulseboard: reload Nginx without its site').that_comes_before('Package[pulseboard]')
      is_expected.to contain_package('pulseboard').with_ensure('purged')
      is_expected.not_to contain_service('pulseboard')
      is_expected.to contain_file('/etc/pulseboard').with_ensure('absent')
    end
  end

  {
    'no package' => [{ 'package_source' => :undef }, /package_source is missing/],
    'a certificate without its key' => [{ 'nginx_certificate' => '/a.pem' }, /set both, or neither/],
    'TLS behind Nginx' => [{ 'tls_certificate_file' => '/a.pem', 'tls_key_file' => '/a.key' }, /tls_certificate_file is for/],
    'a relative package' => [{ 'package_source' => 'pulseboard.deb' }, /package_source/],
    'a port for root' => [{ 'web_port' => 80 }, /web_port/],
    'a port as text' => [{ 'web_port' => '9000' }, /web_port/],
    'a name to listen on' => [{ 'web_host' => 'a.example' }, /web_host/],
    'an interval that is too short' => [{ 'host_interval_milliseconds' => 249 }, /host_interval_milliseconds/],
    'an origin with a path' => [{ 'web_allowed_origins' => ['https://a.example/b'] }, /web_allowed_origins/],
    'an origin with a second line' => [{ 'web_allowed_origins' => ["https://a\nb"] }, /web_allowed_origins/],
    'a proxy with a second item' => [{ 'web_trusted_proxies' => ["10.0.0.1', '0.0.0.0/0"] }, /web_trusted_proxies/],
    'a host with a port' => [{ 'web_allowed_hosts' => ['a.example:80'] }, /web_allowed_hosts/],
    'a frame that ends the line' => [{ 'web_frame_ancestors' => ['https://a"; return 200'] }, /web_frame_ancestors/],
    'a value with a second line' => [{ 'web_public_values' => ["cpu\nb"] }, /web_public_values/],
    'a role that is none' => [{ 'auth_user_header_role' => 'root' }, /auth_user_header_role/],
    'a second line' => [{ 'host_ignore_disks' => "a\nweb: {port: 1}" }, /host_ignore_disks/],
    'a line separator' => [{ 'host_ignore_disks' => "a\u2028b" }, /host_ignore_disks/],
    'a second line for systemd' => [{ 'java_options' => "-Xmx1m\nUser=root" }, /java_options/],
    'a memory limit of words' => [{ 'memory_limit' => 'much' }, /memory_limit/],
    'a place to listen that ends the line' => [{ 'nginx_listen' => ['80; deny all'] }, /nginx_listen/],
    'a name that ends the line' => [{ 'nginx_server_names' => ['a; include /etc/passwd'] }, /nginx_server_names/],
    'no name' => [{ 'nginx_server_names' => [] }, /nginx_server_names/],
    'a certificate that ends the line' => [{ 'nginx_certificate' => '/a;b', 'nginx_certificate_key' => '/k' }, /nginx_certificate/],
    'an unknown setting' => [{ 'web_prot' => 9000 }, /web_prot/]
  }.each do |what, (wrong, message)|
    context "with #{what}" do
      let(:more) { wrong }

      it('is refused') { is_expected.to compile.and_raise_error(message) }
    end
  end
end

# @summary Nginx in front of Pulseboard, unless manage_nginx is false. Other sites stay as they are.
# @api private
class pulseboard::nginx {
  if ($pulseboard::nginx_certificate =~ Undef) != ($pulseboard::nginx_certificate_key =~ Undef) {
    fail('pulseboard: nginx_certificate and nginx_certificate_key belong together: set both, or neither')
  }

  if $pulseboard::manage_nginx and $pulseboard::tls_certificate_file {
    fail('pulseboard: tls_certificate_file is for manage_nginx => false; with Nginx, nginx_certificate is what browsers see')
  }

  if $pulseboard::manage_nginx {
    $address = pulseboard::reached_at($pulseboard::web_host)
    $host = $address ? { /:/ => "[${address}]", default => $address }
    $port = $pulseboard::web_port ? { undef => 8080, default => $pulseboard::web_port }
    $frames = $pulseboard::web_frame_ancestors ? { undef => [], default => $pulseboard::web_frame_ancestors }
    $password_file = '/etc/nginx/pulseboard.passwords'

    # Passwords shall not be read on the way, so others get here only when somebody says how. A browser asks "localhost" for ::1
    # first; where this machine has no IPv6, Nginx could not listen on it.
    $ipv6 = $facts.dig('networking', 'interfaces', 'lo', 'bindings6') =~ NotUndef
    $own_addresses = $ipv6 ? { true => ['127.0.0.1:80', '[::1]:80'], default => ['127.0.0.1:80'] }
    $listen = $pulseboard::nginx_listen ? { undef => $own_addresses, default => $pulseboard::nginx_listen }

    # Nginx checks whole configurations only, so it gets a copy of this one with the new site in it, which Puppet stages in the same folder.
    $check = join([
        'set -e; cd /etc/nginx; trap "rm -rf pulseboard-check*" EXIT; rm -rf pulseboard-check*',
        'cp -a sites-enabled pulseboard-check; mv -f pulseboard-check/$(basename %) pulseboard-check/pulseboard.conf',
        'sed "s,sites-enabled/,pulseboard-check/," nginx.conf >pulseboard-check.conf',
        '/usr/sbin/nginx -t -q -c /etc/nginx/pulseboard-check.conf',
    ], '; ')

    package { 'nginx':
      ensure => installed,
    }

    if $pulseboard::nginx_password_file {
      file { $password_file:
        ensure    => file,
        owner     => 'root',
        group     => 'www-data',
        mode      => '0640',
        source    => $pulseboard::nginx_password_file,
        show_diff => false,
        require   => Package['nginx'],
        before    => File['/etc/nginx/sites-enabled/pulseboard.conf'],
      }
    }

    file { '/etc/nginx/sites-enabled/pulseboard.conf':
      ensure       => file,
      owner        => 'root',
      group        => 'root',
      mode         => '0644',
      validate_cmd => $check,
      content      => epp('pulseboard/site.conf.epp', {
          'upstream'    => "${host}:${port}",
          'listen'      => $listen,
          'names'       => $pulseboard::nginx_server_names,
          'certificate' => $pulseboard::nginx_certificate,
          'key'         => $pulseboard::nginx_certificate_key,
          'password'    => $pulseboard::nginx_password_file =~ NotUndef,
          'frames'      => $frames,
      }),
      require      => Package['nginx'],
      notify       => Service['nginx'],
    }

    # Runs only when it would fail, and then shows Nginx's reason; the Nginx that runs keeps what it has.
    exec { 'pulseboard: check the configuration of Nginx':
      command => '/usr/sbin/nginx -t',
      unless  => '/usr/sbin/nginx -t -q',
      require => File['/etc/nginx/sites-enabled/pulseboard.conf'],
    }

    # A newer package may bring other files to include.
    service { 'nginx':
      ensure    => running,
      enable    => true,
      restart   => '/usr/bin/systemctl reload nginx',
      require   => Exec['pulseboard: check the configuration of Nginx'],
      subscribe => Package['pulseboard'],
    }
  }
}

# @summary Nginx in front of Pulseboard, unless manage_nginx is false. Other sites stay as they are.
# @api private
class pulseboard::nginx {
  if ($pulseboard::nginx_certificate =~ Undef) != ($pulseboard::nginx_certificate_key =~ Undef) {
    fail('pulseboard: nginx_certificate and nginx_certificate_key belong together: set both, or neither')
  }

  if $pulseboard::manage_nginx {
    $address = pulseboard::reached_at($pulseboard::web_host)
    $host = $address ? { /:/ => "[${address}]", default => $address }
    $port = $pulseboard::web_port ? { undef => 8080, default => $pulseboard::web_port }
    $password_file = '/etc/nginx/pulseboard.passwords'

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
        before    => Exec['pulseboard: check the configuration of Nginx'],
      }
    }

    file { '/etc/nginx/sites-enabled/pulseboard.conf':
      ensure  => file,
      owner   => 'root',
      group   => 'root',
      mode    => '0644',
      content => epp('pulseboard/site.conf.epp', {
          'upstream'    => "${host}:${port}",
          'listen'      => $pulseboard::nginx_listen,
          'names'       => $pulseboard::nginx_server_names,
          'certificate' => $pulseboard::nginx_certificate,
          'key'         => $pulseboard::nginx_certificate_key,
          'password'    => $pulseboard::nginx_password_file =~ NotUndef,
      }),
      require => Package['nginx'],
      notify  => Service['nginx'],
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

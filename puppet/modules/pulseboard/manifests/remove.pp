# @summary Takes away what the other classes and the package brought, settings and logs included, but for Java and Nginx.
# @api private
class pulseboard::remove {
  file { ['/etc/nginx/sites-enabled/pulseboard.conf', '/etc/nginx/pulseboard.passwords']:
    ensure => absent,
    notify => Exec['pulseboard: reload Nginx without its site'],
  }

  # Before the package goes, whose files the site includes.
  exec { 'pulseboard: reload Nginx without its site':
    command     => '/usr/bin/systemctl reload nginx',
    onlyif      => '/usr/bin/systemctl is-active --quiet nginx',
    refreshonly => true,
    before      => Package['pulseboard'],
  }

  package { 'pulseboard':
    ensure   => purged,
    provider => dpkg,
  }

  # What is left when somebody purged the package before and Puppet had already written again.
  file { ['/etc/systemd/system/pulseboard.service.d', '/etc/pulseboard']:
    ensure  => absent,
    recurse => true,
    force   => true,
    require => Package['pulseboard'],
  }
}

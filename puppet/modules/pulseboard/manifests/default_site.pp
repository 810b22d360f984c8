# @summary Takes Debian's default site from Nginx when nginx_remove_default_site says so.
# @api private
class pulseboard::default_site {
  if $pulseboard::manage_nginx and $pulseboard::nginx_remove_default_site {
    file { '/etc/nginx/sites-enabled/default':
      ensure => absent,
      notify => Exec['pulseboard: restart Nginx without its default site'],
    }

    # The default site listens on all addresses. After a reload Nginx cannot go from all to single ones, for it still has all.
    exec { 'pulseboard: restart Nginx without its default site':
      command     => '/usr/sbin/nginx -t -q && /usr/bin/systemctl restart nginx',
      provider    => shell,
      refreshonly => true,
    }
  }
}

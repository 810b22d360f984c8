# @summary The Java runtime and the package.
# @api private
class pulseboard::install {
  if !$pulseboard::package_source {
    fail('pulseboard: package_source is missing: the path of pulseboard.deb on this machine ("make package" builds it)')
  }

  package { $pulseboard::java_package:
    ensure => installed,
  }

  # dpkg brings no dependencies along, hence the order. It keeps the settings file of the run before.
  package { 'pulseboard':
    ensure   => latest,
    provider => dpkg,
    source   => $pulseboard::package_source,
    require  => Package[$pulseboard::java_package],
  }
}

# What Puppet makes of the Vagrant machine; the values are in puppet/data/vagrant.yaml.
include pulseboard

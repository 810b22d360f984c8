# frozen_string_literal: true

require 'spec_helper'

describe 'pulseboard::hub' do
  let(:params) { { 'parameters' => { 'package_source' => '/root/pulseboard.deb', 'fleet_max_agents' => 20 } } }

  it 'lets machines in' do
    is_expected.to compile.with_all_deps
    is_expected.to contain_file('/etc/pulseboard/pulseboard.yaml').with_content(/^fleet:\n  accept: true\n  maxAgents: 20\n/)
  end
end

describe 'pulseboard::agent' do
  let(:params) do
    { 'hub' => 'https://monitor.example/', 'code' => sensitive('K7QD-9M2X-P4TR'),
      'parameters' => { 'package_source' => '/root/pulseboard.deb' } }.merge(more)
  end
  let(:more) { {} }
  let(:words) { catalogue.resource('Exec', 'pulseboard join')[:command] }

  it 'joins once, with the settings in place and before the service is looked at' do
    is_expected.to compile.with_all_deps
    is_expected.to contain_exec('pulseboard join').with('creates' => '/etc/pulseboard/hub.json')
      .that_requires('Class[pulseboard::config]').that_comes_before('Service[pulseboard-agent]')
    expect(words.to_s).not_to include('pin')
    is_expected.to contain_service('pulseboard-agent').with('ensure' => 'running', 'enable' => true)
  end

  it 'has no page of its own' do
    is_expected.to contain_service('pulseboard').with('ensure' => 'stopped', 'enable' => false)
    is_expected.not_to contain_package('nginx')
  end

  context 'with a name, a pin and a page' do
    let(:more) { { 'machine_name' => 'web1', 'pin' => "sha256/#{'A' * 43}=", 'page' => true } }

    it 'passes them on' do
      is_expected.to contain_service('pulseboard').with('ensure' => 'running')
      is_expected.to contain_service('pulseboard-agent').with('ensure' => 'stopped')
      is_expected.to compile.with_all_deps
    end
  end

  context 'with a code that a shell would run' do
    let(:more) { { 'code' => sensitive('$(reboot);aaaa') } }

    it('is refused') { is_expected.to compile.and_raise_error(/code/) }
  end
end

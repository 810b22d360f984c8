# frozen_string_literal: true

require 'spec_helper'

# The program and the module know the same settings. The jar itself is asked.
describe 'pulseboard' do
  let(:params) { ALL_SETTINGS.merge('package_source' => '/root/pulseboard.deb', 'manage_nginx' => false).merge(more) }
  let(:more) { {} }
  let(:hidden) { catalogue.resource('File', '/etc/pulseboard/pulseboard.yaml').sensitive_parameters }
  let(:written) { catalogue.resource('File', '/etc/pulseboard/pulseboard.yaml')[:content] }

  # web.pingTimeoutSeconds is the parameter web_ping_timeout_seconds.
  def parameter(group, name)
    "#{group}_#{name}".gsub(/[A-Z]/) { |letter| "_#{letter.downcase}" }
  end

  def settings(tree)
    tree.flat_map { |group, members| members.map { |name, value| [parameter(group, name), value] } }.to_h
  end

  # What the program makes of a settings file: all settings, and those of them that it took from the file.
  def printed(file_content)
    Tempfile.create('pulseboard') do |file|
      file.write(file_content)
      file.flush
      output, code = Open3.capture2e('java', '-XX:TieredStopAtLevel=1', '-jar', "#{REPOSITORY}/target/pulseboard.jar",
                                     '--config', file.path, '--print-config')
      raise "pulseboard.jar does not take the file:\n#{output}\n#{file_content}" unless code.success?

      { all: settings(YAML.safe_load(output)), from_file: output.scan(/# #{Regexp.escape(file.path)}$/).size }
    end
  end

  it 'has a parameter for every setting of the program, and no other; the program reads each as it was given' do
    program = printed(written)
    expect(program[:all]).to eq(ALL_SETTINGS)
    expect(program[:from_file]).to eq(ALL_SETTINGS.size)
  end

  it 'lets nobody but the service read the settings, nor the variables of its environment' do
    is_expected.to contain_file('/etc/pulseboard/pulseboard.yaml')
      .with('owner' => 'root', 'group' => 'pulseboard', 'mode' => '0640', 'show_diff' => true)
    expect(hidden).to eq([])
    is_expected.to contain_file('/etc/default/pulseboard')
      .with('owner' => 'root', 'group' => 'root', 'mode' => '0600', 'content' => nil)
  end

  context 'with a secret in the file' do
    let(:more) { { 'oidc_client_secret' => "it's", 'oidc_client_secret_file' => '' } }

    it 'is in no report, and printed as stars' do
      is_expected.to contain_file('/etc/pulseboard/pulseboard.yaml').with('mode' => '0640', 'show_diff' => false)
      expect(hidden).to eq([:content])
      expect(written).to include("clientSecret: 'it''s'")
      expect(printed(written)[:all]).to include('oidc_client_secret' => '***')
    end
  end

  { 'oidc_client_secret' => 'clientSecret', 'remote_write_user_password' => 'userPassword',
    'remote_write_bearer_secret' => 'bearerSecret', 'remote_write_url' => 'url' }.each do |parameter, name|
    context "with #{parameter} as Sensitive" do
      let(:more) { { parameter => sensitive('https://a.example/?b') } }

      it 'writes it, and keeps it to itself' do
        is_expected.to compile
        expect(hidden).to eq([:content])
        expect(written).to include("#{name}: 'https://a.example/?b'")
      end
    end
  end

  ranges = File.read("#{MODULE_FOLDER}/manifests/init.pp").scan(/Integer\[(\d+), (\d+)\]\] \$(\w+)/)
    .to_h { |least, most, name| [name, [least.to_i, most.to_i]] }
  numbers = ALL_SETTINGS.select { |_, value| value.is_a?(Integer) }.keys

  it('has a range for every number') { expect(ranges.keys).to match_array(numbers) }

  { 'least' => :first, 'most' => :last }.each do |which, end_of|
    context "with the #{which} of every number" do
      let(:more) { ranges.transform_values(&end_of) }

      it('is what the program takes too') { expect(printed(written)[:all]).to eq(ALL_SETTINGS.merge(more)) }
    end
  end

  it 'is tried here with every parameter that is a setting' do
    parameters = catalogue.resource('Class', 'Pulseboard').to_hash.keys.map(&:to_s)
    groups = ALL_SETTINGS.keys.map { |name| name[/\Aremote_write|\A[a-z0-9]+/] }.uniq
    declared = File.read("#{MODULE_FOLDER}/manifests/init.pp").scan(/\$((?:#{groups.join('|')})_\w+)/).flatten.uniq
    expect(declared).to match_array(ALL_SETTINGS.keys)
    expect(parameters).to include(*declared)
  end

  it 'documents every parameter' do
    source = File.read("#{MODULE_FOLDER}/manifests/init.pp")
    expect(source.scan(/^# @param (\w+) \S/).flatten).to match_array(source.scan(/^  \S.* \$(\w+)(?: = undef)?,$/).flatten)
  end

  it 'has metadata that Puppet accepts, of the same version as the program' do
    require 'puppet/module_tool'
    metadata = JSON.parse(File.read("#{MODULE_FOLDER}/metadata.json"))
    expect(metadata.keys).to include('name', 'version', 'author', 'summary', 'license', 'source', 'dependencies')
    expect(File.read("#{REPOSITORY}/pom.xml")).to match(/<version>#{Regexp.escape(metadata['version'])}(-SNAPSHOT)?</)
    expect { Puppet::ModuleTool::Metadata.new.update(metadata) }.not_to raise_error
  end
end

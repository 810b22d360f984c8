package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ControlGroupPathTest {

    private static final String NUMBER = "3fa91c7d2e10" + "0".repeat(52);

    private static void is(String unit, String container, String cgroup) {
        assertEquals(new ControlGroupPath(unit, container), ControlGroupPath.of(cgroup), cgroup);
    }

    @Test
    void unitIsTheInnermostServiceOrElseScope() {
        is("nextcloud.service", "", "0::/system.slice/nextcloud.service\n");
        is("postgresql@15-main.service", "", "0::/system.slice/system-postgresql.slice/postgresql@15-main.service");
        is("user@1000.service", "", "0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-firefox-77.scope");
        is("session-3.scope", "", "0::/user.slice/user-1000.slice/session-3.scope");
        is("init.scope", "", "0::/init.scope");
        is("ssh.service", "", "12:pids:/system.slice/ssh.service\n1:name=systemd:/system.slice/ssh.service\n0::/\n");
        is("", "", "0::/");
        is("", "", "");
        is("", "", "nonsense\n0::\n:");
    }

    @Test
    void containerIsKnownByTheNameThatItsEngineGivesItsGroup() {
        is("", "3fa91c7d2e10", "0::/system.slice/docker-" + NUMBER + ".scope");
        is("", "3fa91c7d2e10", "4:memory:/docker/" + NUMBER + "\n1:name=systemd:/docker/" + NUMBER);
        is("", "3fa91c7d2e10", "0::/machine.slice/libpod-" + NUMBER + ".scope/container");
        is(
                "",
                "3fa91c7d2e10",
                "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1_2.slice/cri-containerd-" + NUMBER
                        + ".scope");
        is("", "web", "0::/lxc.payload.web");
        is("nginx.service", "web", "0::/lxc.payload.web/system.slice/nginx.service");
        is("", "web", "0::/lxc/web/ns");
        is("", "trixie", "0::/machine.slice/machine-trixie.scope");
        is("libpod-conmon-" + NUMBER + ".scope", "", "0::/machine.slice/libpod-conmon-" + NUMBER + ".scope");
    }

    @Test
    void nameThatIsTooLongIsCut() {
        assertEquals(
                120,
                ControlGroupPath.of("0::/" + "a".repeat(300) + ".service")
                        .unit()
                        .length());
    }
}

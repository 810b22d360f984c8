package pulseboard;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the design: who may know whom. */
@AnalyzeClasses(packages = "pulseboard", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] JAVA = {"java..", "org.jspecify.."};
    private static final String PURE_FEED =
            "(\\[L)?pulseboard\\.feed\\.(ActionInfo|Addresses|BoardHealth|BoardId|BoardInfo|Change|Feed"
                    + "|FeedReader|KeptNumbers|MergePatch|MetricInfo|Parameter|Replica|ResourceInfo|RuleInfo|Snapshot|ValueInfo)(\\$.*)?;?";
    /** The wire signs, hashes and reads XML; the engine keeps what it knows from one run to the next. */
    private static final String[] OF_THE_ENGINE_OF_S3 = {
        "javax.xml.stream..", "javax.crypto..", "javax.net.ssl..", "org.h2.mvstore.."
    };

    /** Its control channel is a server of its own. */
    private static final String SERVER_OF_SYNC =
            "pulseboard\\.board\\.sync\\.(ControlServer|SyncResources|SyncContents|RequestBody).*";

    private static final String JSON = "io\\.vertx\\.core\\.json\\..*";

    @ArchTest
    static final ArchRule webKnowsNoBoard = noClasses()
            .that()
            .resideInAPackage("pulseboard.web..")
            .should()
            .dependOnClassesThat(resideInAPackage("pulseboard..")
                    .and(not(resideInAnyPackage("pulseboard.web..", "pulseboard.auth.."))
                            .and(not(resideInAnyPackage("pulseboard.feed..", "pulseboard.link..")))));

    @ArchTest
    static final ArchRule boardsDoNotKnowTheWeb = noClasses()
            .that()
            .resideOutsideOfPackages("pulseboard", "pulseboard.web..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("pulseboard.web..");

    /** Both ends of a link: what they carry is whatever board there is. */
    @ArchTest
    static final ArchRule linkKnowsOnlyFeedAndAuth = classes()
            .that()
            .resideInAPackage("pulseboard.link..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(JAVA)
                    .or(resideInAnyPackage("pulseboard.link..", "pulseboard.feed..", "pulseboard.auth.."))
                    .or(resideInAnyPackage("javax.net.ssl..", "io.vertx.core..", "org.slf4j..")));

    /** Many machines: who they are and how they stand. What they carry is the link's. */
    @ArchTest
    static final ArchRule fleetKnowsOnlyFeedLinkAndAuth = classes()
            .that()
            .resideInAPackage("pulseboard.fleet..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(JAVA)
                    .or(resideInAnyPackage(
                            "pulseboard.fleet..", "pulseboard.link..", "pulseboard.feed..", "pulseboard.auth.."))
                    .or(resideInAnyPackage(
                            "javax.net.ssl..", "javax.security.auth.x500..", "io.vertx.core..", "org.slf4j.."))
                    .or(resideInAnyPackage("io.nats..")));

    @ArchTest
    static final ArchRule clientOfNatsIsKnownOnlyWhereItIsUsed = noClasses()
            .that()
            .resideOutsideOfPackage("pulseboard.fleet.nats")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.nats..");

    @ArchTest
    static final ArchRule alertsKnowOnlyTheFeed = classes()
            .that()
            .resideInAPackage("pulseboard.alert..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(JAVA)
                    .or(resideInAnyPackage("pulseboard.alert..", "pulseboard.feed..", "io.vertx.core..", "org.slf4j.."))
                    .or(resideInAnyPackage("org.snakeyaml.engine..", "org.h2.mvstore.."))
                    .or(resideInAnyPackage("javax.crypto..", "javax.net.ssl..", "io.vertx.ext.mail..")));

    /** Engines run without a board, and are tested so. */
    @ArchTest
    static final ArchRule engineKnowsOnlyTheJdk = classes()
            .that()
            .resideInAPackage("pulseboard.engine..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage(JAVA).or(resideInAnyPackage("pulseboard.engine..", "org.slf4j..")));

    @ArchTest
    static final ArchRule boardsNeverImportEachOther =
            slices().matching("pulseboard.board.(*)..").should().notDependOnEachOther();

    /** A board is a room: what it needs of the program is how to publish, and how to read this machine. */
    @ArchTest
    static final ArchRule boardsKnowOnlyFeedEngineAndMachine = classes()
            .that()
            .resideInAPackage("pulseboard.board..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(JAVA)
                    .or(resideInAnyPackage("pulseboard.board..", "pulseboard.feed..", "pulseboard.engine.."))
                    .or(resideInAnyPackage("pulseboard.machine..", "io.vertx.core..", "org.slf4j.."))
                    .or(resideInAnyPackage(OF_THE_ENGINE_OF_S3))
                    .or(resideInAPackage("software.amazon.."))
                    .or(nameMatching("io\\.netty\\.util\\.NetUtil"))); // It writes IPv6 addresses as people do.

    @ArchTest
    static final ArchRule boardOfS3KnowsNothingOfItsEngine = noClasses()
            .that()
            .resideInAPackage("pulseboard.board.s3")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("pulseboard.board.s3.engine..");

    @ArchTest
    static final ArchRule boardOfLabKnowsNothingOfItsEngine = noClasses()
            .that()
            .resideInAPackage("pulseboard.board.lab")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("pulseboard.board.lab.engine..", "pulseboard.board.lab.node..");

    @ArchTest
    static final ArchRule credentialsAreKnownOnlyWhereTheyAreUsed = noClasses()
            .that()
            .resideOutsideOfPackage("pulseboard.board.s3.wire")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..");

    @ArchTest
    static final ArchRule nobodyButTheDeploymentKnowsABoard = noClasses()
            .that()
            .resideOutsideOfPackages("pulseboard", "pulseboard.board..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("pulseboard.board..");

    @ArchTest
    static final ArchRule feedKnowsOnlyVertxCore = classes()
            .that()
            .resideInAPackage("pulseboard.feed..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(JAVA)
                    .or(resideInAnyPackage("pulseboard.feed..", "io.vertx.core..", "org.slf4j..")));

    @ArchTest
    static final ArchRule coreOfTheFeedKnowsOfVertxOnlyJson = classes()
            .that()
            .haveNameMatching(PURE_FEED)
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage(JAVA).or(nameMatching(PURE_FEED)).or(nameMatching(JSON)));

    @ArchTest
    static final ArchRule installKnowsNothingOfWhatItInstalls = classes()
            .that()
            .resideInAPackage("pulseboard.install..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage(JAVA).or(resideInAnyPackage("pulseboard.install..", "picocli..")));

    /** What outsiders name never gets to a shell: only an installation and the start of a child process run anything, and that lists of words. */
    @ArchTest
    static final ArchRule onlyInstallationAndEngineRunCommands = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("pulseboard.install.Commands")
            .and()
            .doNotHaveFullyQualifiedName("pulseboard.engine.ChildProcess")
            .and()
            .doNotHaveFullyQualifiedName("pulseboard.engine.ChildRun")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class, Process.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class);

    @ArchTest
    static final ArchRule arithmeticOfBoardsKnowsOfVertxOnlyJson = noClasses()
            .that()
            .resideInAPackage("pulseboard.board..")
            .and()
            .haveSimpleNameNotEndingWith("Verticle")
            .and()
            .resideOutsideOfPackages(
                    "pulseboard.board.s3.wire", "pulseboard.board.uploads.rc") // On Vert.x' HTTP client.
            .and()
            .resideOutsideOfPackages("pulseboard.board.lab.node", "pulseboard.board.lab.engine") // By HTTP and sockets.
            .and()
            .haveNameNotMatching("pulseboard\\.board\\.lab\\.EngineLink") // By a socket.
            .and()
            .haveNameNotMatching(
                    "pulseboard\\.board\\.(uploads\\.UploadsResources|s3\\.(EngineRun|RunLists|Reports|engine\\.(EngineSocket|Copy))).*")
            // By sockets.
            .and()
            .haveNameNotMatching(SERVER_OF_SYNC)
            .should()
            .dependOnClassesThat(resideInAPackage("io.vertx..").and(not(nameMatching(JSON))));

    /** It is asked by boards and collectors alike, so it knows neither, nor how they are set or shown. */
    @ArchTest
    static final ArchRule machineKnowsOnlyTheJdkJnaAndOshi = classes()
            .that()
            .resideInAPackage("pulseboard.machine..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(JAVA)
                    .or(resideInAnyPackage("pulseboard.machine..", "org.slf4j..", "com.sun.jna..", "oshi..")));

    @ArchTest
    static final ArchRule metricsKnowNoBoard = noClasses()
            .that()
            .resideInAPackage("pulseboard.prometheus..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("pulseboard.board.host..", "pulseboard.history..");

    @ArchTest
    static final ArchRule oshiIsKnownOnlyWhereItIsAsked = noClasses()
            .that()
            .resideOutsideOfPackages("pulseboard", "pulseboard.machine.linux", "pulseboard.machine.oshi")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("oshi..", "com.sun.jna..");

    @ArchTest
    static final ArchRule libraryOfTheProviderIsLoadedOnlyWhereItIsAsked = noClasses()
            .that()
            .resideOutsideOfPackage("pulseboard.auth.oidc")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.nimbusds..", "net.minidev..");

    /** It talks to a server as any client does, and its start loads nothing of ours but this. */
    @ArchTest
    static final ArchRule terminalKnowsOnlyTheProtocol = classes()
            .that()
            .resideInAPackage("pulseboard.top..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(JAVA)
                    .or(resideInAnyPackage("javax.net.ssl..", "org.jline.."))
                    .or(resideInAPackage("pulseboard.top.."))
                    .or(nameMatching(PURE_FEED))
                    .or(nameMatching(JSON)));

    @ArchTest
    static final ArchRule libraryOfTheTerminalIsKnownOnlyThere = noClasses()
            .that()
            .resideOutsideOfPackage("pulseboard.top..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jline..");

    @ArchTest
    static final ArchRule nobodyKnowsTheTop = noClasses()
            .that()
            .resideOutsideOfPackage("pulseboard")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("pulseboard");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("pulseboard.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatAClassIs =
            noClasses().should().haveNameMatching(".*(Impl|Utils?|Manager|Helper|Service|Dto)");

    @ArchTest
    static void thereIsSomethingToCheck(JavaClasses all) {
        assertFalse(all.stream().noneMatch(each -> each.getName().equals("pulseboard.web.Bridge")));
    }
}

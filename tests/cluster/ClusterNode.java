import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * A node of OpenSearch in a process of its own, on loopback, without the security plugin.
 *
 * <p>Its arguments are settings, name=value. It ends when its standard input does: so no node is
 * left behind by a test run that was killed.
 */
final class ClusterNode extends Node {
  private ClusterNode(Settings settings) {
    super(
        InternalSettingsPreparer.prepareEnvironment(
            settings, Map.of(), Path.of(settings.get("path.home")), () -> settings.get("node.name")),
        List.of(Netty4Plugin.class, CommonAnalysisPlugin.class, PainlessPlugin.class),
        false);
  }

  public static void main(String[] arguments) throws Exception {
    Settings.Builder settings = Settings.builder();
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      settings.put(pair[0], pair[1]);
    }
    new ClusterNode(settings.build()).start();
    while (System.in.read() >= 0) {
      // Nobody says anything: it is the end that counts.
    }
    Runtime.getRuntime().halt(0);
  }
}

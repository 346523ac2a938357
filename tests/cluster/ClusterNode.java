import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * A node of OpenSearch in a process of its own, on loopback.
 *
 * <p>Its arguments are settings, name=value; with plugin=CLASS it has that plugin too. It ends when its standard input does: so no node is
 * left behind by a test run that was killed.
 */
final class ClusterNode extends Node {
  private ClusterNode(Settings settings, List<Class<? extends Plugin>> plugins) {
    super(
        InternalSettingsPreparer.prepareEnvironment(
            settings, Map.of(), Path.of(settings.get("path.home")), () -> settings.get("node.name")),
        plugins,
        false);
  }

  public static void main(String[] arguments) throws Exception {
    Settings.Builder settings = Settings.builder();
    List<Class<? extends Plugin>> plugins = new ArrayList<>();
    plugins.add(Netty4Plugin.class);
    plugins.add(CommonAnalysisPlugin.class);
    plugins.add(PainlessPlugin.class);
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      if (pair[0].equals("plugin")) {
        plugins.add(Class.forName(pair[1]).asSubclass(Plugin.class));
      } else {
        settings.put(pair[0], pair[1]);
      }
    }
    new ClusterNode(settings.build(), plugins).start();
    while (System.in.read() >= 0) {
      // Nobody says anything: it is the end that counts.
    }
    Runtime.getRuntime().halt(0);
  }
}

using YamlDotNet.RepresentationModel;

namespace Laurel.Cluster.Tests;

/// <summary>Dotted paths into YAML.</summary>
internal static class YamlPaths
{
    /// <summary>Maps whose keys are the author's own.</summary>
    private static readonly string[] Free = ["labels", "annotations", "matchLabels", "data", "requests", "limits"];

    /// <summary>What stands there, or null.</summary>
    public static YamlNode? At(this YamlNode node, string path)
    {
        var at = node;
        foreach (var name in path.Split('.'))
        {
            if (at is not YamlMappingNode map || !map.Children.TryGetValue(new YamlScalarNode(name), out at))
                return null;
        }

        return at;
    }

    /// <summary>The text there, or null.</summary>
    public static string? Text(this YamlNode node, string path) => (node.At(path) as YamlScalarNode)?.Value;

    /// <summary>The items there; none when there is no list.</summary>
    public static IEnumerable<YamlNode> List(this YamlNode node, string path) => (node.At(path) as YamlSequenceNode)?.Children ?? [];

    /// <summary>Every field that has a value, as <c>Kind spec.list[].field</c>.</summary>
    public static IEnumerable<string> FieldsOf(YamlMappingNode of) => Walk(of, "").Select(path => $"{of.Text("kind")} {path}");

    private static IEnumerable<string> Walk(YamlNode node, string path) => node switch
    {
        YamlMappingNode map when Free.Contains(path.Split('.')[^1]) || (path == "spec.selector" && IsFlat(map)) => [path + ".*"],
        YamlMappingNode map => map.Children.SelectMany(child => Walk(child.Value, path.Length == 0 ? child.Key.ToString() : $"{path}.{child.Key}")),
        YamlSequenceNode list => list.Children.SelectMany(child => Walk(child, path + "[]")),
        _ => [path],
    };

    private static bool IsFlat(YamlMappingNode map) => map.Children.Values.All(static value => value is YamlScalarNode);
}

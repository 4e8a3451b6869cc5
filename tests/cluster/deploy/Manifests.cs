using System.Diagnostics;
using System.Runtime.CompilerServices;
using Laurel.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Laurel.Cluster.Tests;

/// <summary>The objects of an overlay of deploy/k8s, as kubectl renders them.</summary>
internal sealed class Manifests
{
    private static readonly string Deploy = Path.GetFullPath(Path.Combine(ThisFile(), "../../../../deploy"));

    private Manifests(IReadOnlyList<YamlMappingNode> objects) => Objects = objects;

    public IReadOnlyList<YamlMappingNode> Objects { get; }

    /// <summary>Deployments and StatefulSets.</summary>
    public IEnumerable<YamlMappingNode> Workloads => OfKind("Deployment").Concat(OfKind("StatefulSet"));

    /// <summary>Renders an overlay; skips the test where there is no kubectl that can.</summary>
    public static async Task<Manifests> RenderAsync(string overlay)
    {
        const string Kubectl = "/usr/bin/kubectl";
        var absence = File.Exists(Kubectl) ? null : $"there is no {Kubectl}.";
        Assert.SkipWhen(Requirements.ReasonToSkip("kubectl", absence) is not null, absence ?? "");
        using var process = Process.Start(new ProcessStartInfo(Kubectl, ["kustomize", Path.Combine(Deploy, "k8s/overlays", overlay)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.SkipWhen((await errors).Contains("unknown field \"labels\"", StringComparison.Ordinal), $"{Kubectl} is too old for these kustomizations.");
        Assert.True(process.ExitCode == 0, await errors);
        return new Manifests(Parse(text));
    }

    /// <summary>The compose file.</summary>
    public static YamlMappingNode Compose() => Assert.Single(Parse(File.ReadAllText(Path.Combine(Deploy, "compose.yaml"))));

    public IEnumerable<YamlMappingNode> OfKind(string kind) => Objects.Where(o => o.Text("kind") == kind);

    /// <summary>The workloads whose pods have these labels.</summary>
    public IEnumerable<YamlMappingNode> Selected(YamlNode? labels) =>
        Workloads.Where(workload => labels is YamlMappingNode { Children: var wanted }
            && wanted.All(label => workload.At("spec.template.metadata.labels") is YamlMappingNode has
                && has.Children.TryGetValue(label.Key, out var value) && value.Equals(label.Value)));

    /// <summary>The environment of a workload's first container, with what comes from config maps and secrets.</summary>
    public Dictionary<string, string> EnvironmentOf(YamlMappingNode workload)
    {
        Dictionary<string, string> environment = [];
        var container = workload.List("spec.template.spec.containers").First();
        foreach (var source in container.List("envFrom"))
        {
            if (source.Text("configMapRef.name") is { } map)
                Add(OfKind("ConfigMap").Single(o => o.Text("metadata.name") == map).At("data"), static value => value);
            else if (OfKind("Secret").SingleOrDefault(o => o.Text("metadata.name") == source.Text("secretRef.name")) is { } secret)
                Add(secret.At("data"), static value => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(value)));
        }

        foreach (var variable in container.List("env"))
            environment[variable.Text("name")!] = variable.Text("value") ?? (variable.Text("valueFrom.fieldRef.fieldPath") == "status.podIP" ? "10.0.0.1" : "secret");
        return environment;

        void Add(YamlNode? data, Func<string, string> read)
        {
            foreach (var (name, value) in Assert.IsType<YamlMappingNode>(data).Children)
                environment[name.ToString()] = read(value.ToString());
        }
    }

    private static List<YamlMappingNode> Parse(string text)
    {
        var stream = new YamlStream();
        // The parser knows merge keys only when it is told.
        stream.Load(new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(new StringReader(text))));
        return [.. stream.Documents.Select(static document => (YamlMappingNode)document.RootNode)];
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}

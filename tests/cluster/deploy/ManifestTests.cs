using System.Runtime.CompilerServices;
using Laurel.ApiFrontend;
using Laurel.Hosting;
using Laurel.Silo;
using Microsoft.Extensions.Configuration;
using YamlDotNet.RepresentationModel;

namespace Laurel.Cluster.Tests;

/// <summary>That what deploy/ has is right, as far as it can be known without a cluster of Kubernetes.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string> Overlays => ["small", "production"];

    [Theory, MemberData(nameof(Overlays))]
    public async Task Every_field_is_one_that_Kubernetes_knows(string overlay)
    {
        var known = (await File.ReadAllLinesAsync(Path.Combine(Path.GetDirectoryName(ThisFile())!, "known-fields.txt"))).ToHashSet();
        var rendered = await Manifests.RenderAsync(overlay);

        Assert.Empty(rendered.Objects.SelectMany(YamlPaths.FieldsOf).Where(field => !known.Contains(field)).Distinct());
        Assert.All(rendered.Objects.Where(static o => o.Text("kind") != "Namespace"), static o => Assert.Equal("laurel", o.Text("metadata.namespace")));
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Selectors_find_pods_and_ports_are_theirs(string overlay)
    {
        var rendered = await Manifests.RenderAsync(overlay);

        foreach (var workload in rendered.Workloads)
            Assert.Equal(workload, Assert.Single(rendered.Selected(workload.At("spec.selector.matchLabels"))));
        foreach (var service in rendered.OfKind("Service"))
        {
            var ports = PortsOf(Assert.Single(rendered.Selected(service.At("spec.selector")))).Select(static port => port.Name);
            Assert.All(service.List("spec.ports"), port => Assert.Contains(port.Text("targetPort"), ports));
        }

        foreach (var budget in rendered.OfKind("PodDisruptionBudget"))
            Assert.Single(rendered.Selected(budget.At("spec.selector.matchLabels")));
        foreach (var scaler in rendered.OfKind("HorizontalPodAutoscaler"))
        {
            var scaled = Assert.Single(rendered.OfKind(scaler.Text("spec.scaleTargetRef.kind")!), o => o.Text("metadata.name") == scaler.Text("spec.scaleTargetRef.name"));
            // Each apply would set it, whatever the load.
            Assert.Null(scaled.Text("spec.replicas"));
        }

        foreach (var account in rendered.Workloads.Select(static workload => workload.Text("spec.template.spec.serviceAccountName")))
            Assert.Single(rendered.OfKind("ServiceAccount"), o => o.Text("metadata.name") == account);
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Network_policies_let_through_what_the_nodes_need_and_nothing_by_default(string overlay)
    {
        var rendered = await Manifests.RenderAsync(overlay);
        var policies = rendered.OfKind("NetworkPolicy").ToList();
        var all = Assert.Single(policies, static policy => policy.Text("metadata.name") == "nobody");
        Assert.Empty(all.List("spec.ingress").Concat(all.List("spec.egress")));

        foreach (var (from, to, port) in (ReadOnlySpan<(string, string, string)>)
            [("gateway", "silo", "30000"), ("gateway", "redis", "6379"), ("silo", "silo", "11111"), ("silo", "redis", "6379"), ("silo", "postgres", "5432")])
        {
            Assert.Contains(port, PortsOf(Named(rendered, to)).Select(static p => p.Number));
            Assert.Contains(Rules(to, "ingress"), rule => Names(rule, "from", from) && HasPort(rule, port));
            Assert.Contains(Rules(from, "egress"), rule => Names(rule, "to", to) && HasPort(rule, port));
        }

        IEnumerable<YamlNode> Rules(string name, string direction) => policies
            .Where(policy => NameOf(policy.At("spec.podSelector.matchLabels")) == name)
            .SelectMany(policy => policy.List($"spec.{direction}"));
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Nodes_start_with_settings_that_the_program_takes(string overlay)
    {
        var rendered = await Manifests.RenderAsync(overlay);
        foreach (var role in (string[])["silo", "gateway"])
        {
            var node = Named(rendered, role);
            Assert.Equal(["--role", role], node.List("spec.template.spec.containers").First().List("args").Select(static arg => arg.ToString()));
            var environment = rendered.EnvironmentOf(node);
            // The production overlay's secret is made by hand: docs/runbook.md.
            environment.TryAdd("Laurel__AdminKey", "an-admin-key-of-an-operator");
            environment.TryAdd("Laurel__Storage__ConnectionString", "Host=postgres");
            Accepts(environment, role);
        }
    }

    [Fact]
    public void The_compose_file_starts_nodes_with_settings_that_the_program_takes()
    {
        var compose = Manifests.Compose();
        foreach (var (name, role) in (ReadOnlySpan<(string, string)>)[("silo-1", "silo"), ("silo-2", "silo"), ("gateway-1", "gateway"), ("gateway-2", "gateway")])
        {
            var service = compose.At($"services.{name}")!;
            Assert.Equal(["--role", role], service.List("command").Select(static word => word.ToString()));
            Accepts(((YamlMappingNode)service.At("environment")!).Children.ToDictionary(static entry => entry.Key.ToString(), static entry => entry.Value.ToString()), role);
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Containers_have_probes_limits_and_no_more_rights_than_they_need(string overlay)
    {
        foreach (var workload in (await Manifests.RenderAsync(overlay)).Workloads)
        {
            Assert.Equal("true", workload.Text("spec.template.spec.securityContext.runAsNonRoot"));
            Assert.Equal("false", workload.Text("spec.template.spec.automountServiceAccountToken"));
            var container = Assert.Single(workload.List("spec.template.spec.containers"));
            Assert.Equal("true", container.Text("securityContext.readOnlyRootFilesystem"));
            Assert.Equal("false", container.Text("securityContext.allowPrivilegeEscalation"));
            Assert.Equal("ALL", Assert.Single(container.List("securityContext.capabilities.drop")).ToString());
            Assert.NotNull(container.Text("resources.requests.cpu"));
            Assert.NotNull(container.Text("resources.limits.memory"));
            var ports = PortsOf(workload).Select(static port => port.Name).ToList();
            foreach (var probe in (string[])["readinessProbe", "livenessProbe"])
            {
                Assert.NotNull(container.At(probe));
                if (container.Text($"{probe}.httpGet.port") is { } port)
                    Assert.Contains(port, ports);
            }

            var volumes = workload.List("spec.template.spec.volumes").Select(static volume => volume.Text("name"))
                .Concat(workload.List("spec.volumeClaimTemplates").Select(static claim => claim.Text("metadata.name")));
            Assert.All(container.List("volumeMounts"), mount => Assert.Contains(mount.Text("name"), volumes));
        }
    }

    /// <summary>Binds a node's environment as the program does: each name must be a setting's, and all together must be allowed.</summary>
    private static void Accepts(Dictionary<string, string> environment, string role)
    {
        var settings = environment.Where(static entry => entry.Key.StartsWith("Laurel__", StringComparison.Ordinal))
            .ToDictionary(static entry => entry.Key.Replace("__", ":", StringComparison.Ordinal), static entry => (string?)entry.Value);
        settings["Laurel:Cluster:Role"] = role;
        foreach (var name in settings.Keys)
            Assert.True(IsKnown(name), $"There is no setting {name}.");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var server = configuration.GetSection(ServerOptions.Section).Get<ServerOptions>()!;
        var node = configuration.GetSection(NodeOptions.Section).Get<NodeOptions>()!;
        Assert.Null(new ServerOptionsValidator().Validate(null, server).FailureMessage);
        Assert.Null(new NodeOptionsValidator(server).Validate(null, node).FailureMessage);
    }

    private static bool IsKnown(string setting)
    {
        var (type, name) = setting.Split(':') switch
        {
            ["Laurel", "Cluster", var property] => (typeof(NodeOptions), property),
            ["Laurel", "Storage", var property] => (typeof(StorageOptions), property),
            ["Laurel", "Frontend", var property] => (typeof(FrontendOptions), property),
            ["Laurel", var property] => (typeof(ServerOptions), property),
            _ => (typeof(object), setting),
        };
        return type.GetProperty(name)?.CanWrite ?? false;
    }

    private static YamlMappingNode Named(Manifests rendered, string name) =>
        Assert.Single(rendered.Workloads, workload => NameOf(workload.At("spec.selector.matchLabels")) == name);

    private static string? NameOf(YamlNode? labels) =>
        labels is YamlMappingNode map && map.Children.TryGetValue("app.kubernetes.io/name", out var name) ? name.ToString() : null;

    private static IEnumerable<(string? Name, string? Number)> PortsOf(YamlMappingNode workload) =>
        workload.List("spec.template.spec.containers").SelectMany(static container => container.List("ports"))
            .Select(static port => (port.Text("name"), port.Text("containerPort")));

    private static bool Names(YamlNode rule, string side, string name) => rule.List(side).Any(peer =>
        NameOf(peer.At("podSelector.matchLabels")) == name
        || peer.List("podSelector.matchExpressions").Any(expression => expression.List("values").Any(value => value.ToString() == name)));

    private static bool HasPort(YamlNode rule, string port) => rule.List("ports").Any(p => p.Text("port") == port);

    private static string ThisFile([CallerFilePath] string file = "") => file;
}

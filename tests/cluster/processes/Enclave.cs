using Laurel.Tests.Support;

namespace Laurel.Cluster.Tests;

/// <summary>
/// A network of its own on this machine, with two links to the rest. By the first its nodes talk to the others and to Redis; it can be
/// cut, so that what is sent arrives nowhere and nobody is told. By the second they reach PostgreSQL, and their callers reach them.
/// </summary>
public sealed class Enclave : IAsyncDisposable
{
    private const string Ip = "/usr/sbin/ip";
    private const string Nowhere = "02:00:00:00:00:01";

    private readonly string _name = $"laurel-{Environment.ProcessId}";
    private readonly string _network = $"10.{200 + Environment.ProcessId % 50}.{Environment.ProcessId / 50 % 256}";

    private Enclave()
    {
    }

    /// <summary>Why none can be made on this machine; null when one can be tried.</summary>
    public static string? Absence =>
        !File.Exists(Ip) ? $"there is no {Ip}."
        : !Environment.IsPrivilegedProcess ? "only root may make network namespaces."
        : null;

    /// <summary>The address of the world outside on the link that can be cut.</summary>
    public string NodesOutside => $"{_network}.1";

    /// <summary>The address within on that link.</summary>
    public string NodesWithin => $"{_network}.2";

    /// <summary>The address of the world outside on the link that stays.</summary>
    public string StoreOutside => $"{_network}.5";

    /// <summary>The address within on that link.</summary>
    public string CallersWithin => $"{_network}.6";

    private string[] Links => [$"lrl{Environment.ProcessId}n", $"lrl{Environment.ProcessId}s"];

    /// <summary>Makes it.</summary>
    /// <exception cref="InvalidOperationException">The machine does not allow it; the message says what it said.</exception>
    public static async Task<Enclave> MakeAsync()
    {
        var enclave = new Enclave();
        try
        {
            await RunAsync("netns", "add", enclave._name);
            await enclave.LinkAsync(enclave.Links[0], enclave.NodesOutside, enclave.NodesWithin);
            await enclave.LinkAsync(enclave.Links[1], enclave.StoreOutside, enclave.CallersWithin);
            await enclave.RunWithinAsync("link", "set", "lo", "up");
            return enclave;
        }
        catch
        {
            await enclave.DisposeAsync();
            throw;
        }
    }

    /// <summary>The command line that runs a program in it.</summary>
    public string[] CommandFor(string program) => [Ip, "netns", "exec", _name, program];

    /// <summary>Cuts the first link: frames go on being sent, to an address of no network card.</summary>
    public async Task CutAsync()
    {
        await RunAsync("neigh", "replace", NodesWithin, "lladdr", Nowhere, "dev", Links[0], "nud", "permanent");
        await RunWithinAsync("neigh", "replace", NodesOutside, "lladdr", Nowhere, "dev", EndOf(Links[0]), "nud", "permanent");
    }

    /// <summary>Makes it whole.</summary>
    public async Task MendAsync()
    {
        await RunAsync("neigh", "del", NodesWithin, "dev", Links[0]);
        await RunWithinAsync("neigh", "del", NodesOutside, "dev", EndOf(Links[0]));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var link in Links)
        {
            if (Directory.Exists($"/sys/class/net/{link}"))
                await RunAsync("link", "del", link);
        }

        if (File.Exists($"/run/netns/{_name}"))
            await RunAsync("netns", "del", _name);
    }

    private static string EndOf(string link) => $"{link}e";

    private static Task RunAsync(params string[] arguments) => ServerProcess.RunAsync(Ip, arguments);

    private Task RunWithinAsync(params string[] arguments) => RunAsync(["-n", _name, .. arguments]);

    private async Task LinkAsync(string link, string outside, string within)
    {
        await RunAsync("link", "add", link, "type", "veth", "peer", "name", EndOf(link), "netns", _name);
        await RunAsync("addr", "add", $"{outside}/30", "dev", link);
        await RunAsync("link", "set", link, "up");
        await RunWithinAsync("addr", "add", $"{within}/30", "dev", EndOf(link));
        await RunWithinAsync("link", "set", EndOf(link), "up");
    }
}

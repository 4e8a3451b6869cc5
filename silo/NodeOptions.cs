namespace Laurel.Silo;

/// <summary>Settings of one node of a cluster: section <c>Laurel:Cluster</c>, environment <c>Laurel__Cluster__…</c>. Checked at start.</summary>
public sealed class NodeOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Laurel:Cluster";

    /// <summary>Grains and HTTP in one process.</summary>
    public const string All = "all";

    /// <summary>Grains; over HTTP only what operators ask.</summary>
    public const string Silo = "silo";

    /// <summary>HTTP; its grains are on silos.</summary>
    public const string Gateway = "gateway";

    /// <summary><see cref="All"/>, <see cref="Silo"/> or <see cref="Gateway"/>; <c>--role</c> on the command line.</summary>
    public string Role { get; set; } = All;

    /// <summary>Where the membership is kept, as StackExchange.Redis takes it. When null, the cluster is this machine alone.</summary>
    public string? Redis { get; set; }

    /// <summary>Nodes of the same id in the same Redis find each other.</summary>
    public string ClusterId { get; set; } = "laurel";

    /// <summary>On which silos talk to each other.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>On which silos take the gateways' calls. Without Redis a gateway calls this machine on it.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>The IP address under which other nodes reach this silo; when null, the machine's first. Not used without Redis.</summary>
    public string? Address { get; set; }

    /// <summary>
    /// How long the node goes on serving after it was asked to end and <c>/ready</c> says no, so that whoever spreads the requests can
    /// notice. 0 to 60 s; 3 s for gateways when null, and none for the others.
    /// </summary>
    public TimeSpan? Drain { get; set; }

    /// <summary>The same, decided.</summary>
    public TimeSpan DrainTime => Drain ?? (Role == Gateway ? TimeSpan.FromSeconds(3) : TimeSpan.Zero);

    /// <summary>Whether grains run here.</summary>
    public bool HasGrains => Role != Gateway;

    /// <summary>Whether the dialects are served here.</summary>
    public bool ServesDialects => Role != Silo;
}

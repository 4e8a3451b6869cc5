namespace Laurel.ApiFrontend;

/// <summary>What the plans of tenants allow: section <c>Laurel:Plans</c>.</summary>
public sealed class PlanOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Laurel:Plans";

    /// <summary>To try it out.</summary>
    public PlanTerms Free { get; set; } = new() { Requests = 100_000, Leaderboards = 1, Entries = 10_000 };

    /// <summary>A small game.</summary>
    public PlanTerms Indie { get; set; } = new() { Requests = 1_000_000, Leaderboards = 10, Entries = 100_000, Metadata = true };

    /// <summary>A large one.</summary>
    public PlanTerms Pro { get; set; } = new() { Requests = 10_000_000, Leaderboards = 50, Entries = 1_000_000, Metadata = true, Realtime = true };

    /// <summary>Without limits: the plan of a tenant made without one.</summary>
    public PlanTerms Enterprise { get; set; } = new() { Metadata = true, Realtime = true };

    /// <summary>The plans with their names, the smallest first.</summary>
    internal IReadOnlyList<(string Name, PlanTerms Terms)> All => [("free", Free), ("indie", Indie), ("pro", Pro), ("enterprise", Enterprise)];

    /// <summary>The terms of a plan; a name of another release is unlimited.</summary>
    internal PlanTerms Of(string plan) => plan switch
    {
        "free" => Free,
        "indie" => Indie,
        "pro" => Pro,
        _ => Enterprise,
    };

    /// <summary>The smallest plan that allows it, with a capital, for people.</summary>
    internal string NameFor(Func<PlanTerms, bool> allows)
    {
        var name = All.FirstOrDefault(plan => allows(plan.Terms)).Name ?? "enterprise";
        return char.ToUpperInvariant(name[0]) + name[1..];
    }
}

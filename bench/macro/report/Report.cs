namespace Laurel.Bench.Macro;

/// <summary>All results of a run.</summary>
internal sealed class Report
{
    private readonly List<Table> _tables = [];
    private readonly List<Goal> _goals = [];

    /// <summary>What it was measured on, and what was left out.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>In the order they were measured.</summary>
    public IReadOnlyList<Table> Tables => _tables;

    /// <summary>What was to be reached, and was or was not.</summary>
    public IReadOnlyList<Goal> Goals => _goals;

    /// <summary>Adds a table.</summary>
    public void Add(Table table) => _tables.Add(table);

    /// <summary>Adds a goal.</summary>
    public void Add(Goal goal) => _goals.Add(goal);
}

/// <summary>Something that was to be reached.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Measured">With its unit.</param>
/// <param name="Wanted">With its unit, and what is aimed at beyond it.</param>
/// <param name="Reached">Whether it was.</param>
internal sealed record Goal(string What, string Measured, string Wanted, bool Reached)
{
    /// <summary>The verdict in words.</summary>
    public string Verdict => Reached ? "reached" : "not reached";
}

/// <summary>Rows of texts. The first column is a name, the others are figures.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">Their names.</param>
/// <param name="Rows">As many texts each.</param>
/// <param name="Note">How to read it; null for none.</param>
internal sealed record Table(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string? Note = null);

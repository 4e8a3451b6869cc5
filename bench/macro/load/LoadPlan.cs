namespace Laurel.Bench.Macro;

/// <summary>What a load generator is to do. Travels as one line of JSON.</summary>
internal sealed record LoadPlan
{
    /// <summary>On the loopback interface.</summary>
    public required int Port { get; init; }

    /// <summary>With its query.</summary>
    public required string Path { get; init; }

    /// <summary>Goes in <c>X-API-Key</c>; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>The same for several boards, whose requests take turns; keys of one kind are equally long. Empty for <see cref="Key"/>.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Goes in <c>Authorization: Bearer</c>; null for none.</summary>
    public string? Bearer { get; init; }

    /// <summary>Scores of a request, each of another random subject; 0 for a GET.</summary>
    public int BatchSize { get; init; }

    /// <summary>How many subjects there are to choose from.</summary>
    public int Subjects { get; init; }

    /// <summary>Sends a score of every subject, in order, instead of random ones.</summary>
    public bool InOrder { get; init; }

    /// <summary>Requests under way at a time, each on a connection of its own.</summary>
    public required int Connections { get; init; }

    /// <summary>Ends after so many; 0 for <see cref="Seconds"/>.</summary>
    public long Requests { get; init; }

    /// <summary>Ends after so long.</summary>
    public double Seconds { get; init; }

    /// <summary>Requests per second over all connections, at even distances; 0 for as fast as answers come.</summary>
    public double Rate { get; init; }

    /// <summary>What an answer's body must contain near its beginning.</summary>
    public required string Expected { get; init; }

    /// <summary>Of subjects and scores.</summary>
    public int Seed { get; init; }

    /// <summary>For the whole of it: past this it has failed.</summary>
    public double DeadlineSeconds { get; init; } = 600;
}

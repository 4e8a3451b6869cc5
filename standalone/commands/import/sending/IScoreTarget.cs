namespace Laurel.Standalone.Commands;

/// <summary>Where scores go: one dialect of a server. Safe for concurrent calls.</summary>
internal interface IScoreTarget
{
    /// <summary>The most scores of one request.</summary>
    int LargestBatch { get; }

    /// <summary>How many requests may be under way: 1 where a repeated score would count twice.</summary>
    int Lanes { get; }

    /// <summary>Sends scores in one request, and again while the server does not answer.</summary>
    /// <param name="items">Scores all of them, 1 to <see cref="LargestBatch"/>.</param>
    /// <param name="cancellation">Ends the waiting between attempts.</param>
    Task<TargetAnswer> SendAsync(IReadOnlyList<SourceItem> items, CancellationToken cancellation);
}

namespace Laurel.Bench.Macro;

/// <summary>How a <see cref="LoadPlan"/> went.</summary>
/// <param name="Requests">Answered as expected.</param>
/// <param name="Scores">In those requests.</param>
/// <param name="Seconds">From the first request to the last answer.</param>
/// <param name="Median">Of the latencies in milliseconds, from sending a request to the end of its answer.</param>
/// <param name="P99">The same, 99 of 100 were as fast.</param>
/// <param name="Worst">The same, the slowest.</param>
internal sealed record LoadResult(long Requests, long Scores, double Seconds, double Median, double P99, double Worst)
{
    /// <summary>Requests per second.</summary>
    public double RequestRate => Requests / Seconds;

    /// <summary>Scores per second.</summary>
    public double ScoreRate => Scores / Seconds;
}

/// <summary>A line that a load generator writes.</summary>
/// <param name="Requests">Answered so far.</param>
/// <param name="Result">When all is done.</param>
/// <param name="Failure">When it went wrong.</param>
internal sealed record LoadReport(long Requests, LoadResult? Result = null, string? Failure = null);

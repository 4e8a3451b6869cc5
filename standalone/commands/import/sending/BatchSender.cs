namespace Laurel.Standalone.Commands;

/// <summary>
/// Sends the scores of one part of a source. Scores of one user keep their order; those of different users travel beside each other in
/// the target's lanes.
/// </summary>
/// <param name="target">Where they go.</param>
/// <param name="courier">Waits between attempts.</param>
internal sealed class BatchSender(IScoreTarget target, Courier courier)
{
    // Well below the megabyte that the server takes; a character is at most three bytes.
    private const int LargestBody = 900_000;
    private const int BytesAround = 256;
    private const int BytesPerCharacter = 3;

    /// <summary>Sends all of them.</summary>
    /// <returns>One outcome per score, none of them <see cref="LineStatus.Failed"/>, or why the import cannot go on: then some may have gone in.</returns>
    public async Task<TargetAnswer> SendAsync(IReadOnlyList<SourceItem> items, CancellationToken cancellation)
    {
        var outcomes = new LineOutcome[items.Count];
        var lanes = Enumerable.Range(0, items.Count).GroupBy(place => LaneOf(items[place].Score!.UserId));
        var stops = await Task.WhenAll(lanes.Select(lane => SendLaneAsync(items, [.. lane], outcomes, cancellation)));
        return stops.FirstOrDefault(static stop => stop is not null) is { } stop ? TargetAnswer.Stopped(stop) : TargetAnswer.Of(outcomes);
    }

    private int LaneOf(string userId) => (int)((uint)userId.GetHashCode(StringComparison.Ordinal) % (uint)target.Lanes);

    private async Task<string?> SendLaneAsync(IReadOnlyList<SourceItem> items, List<int> lane, LineOutcome[] outcomes, CancellationToken cancellation)
    {
        foreach (var batch in Split(items, lane))
        {
            if (await SendBatchAsync(items, batch, outcomes, cancellation) is { } stop)
                return stop;
        }

        return null;
    }

    /// <summary>Sends one batch until each of its scores has gone in or been refused.</summary>
    private async Task<string?> SendBatchAsync(IReadOnlyList<SourceItem> items, List<int> places, LineOutcome[] outcomes, CancellationToken cancellation)
    {
        var backoff = courier.NewBackoff();
        while (true)
        {
            var answer = await target.SendAsync([.. places.Select(place => items[place])], cancellation);
            if (answer.Outcomes is null)
                return answer.Stop;
            for (var i = 0; i < places.Count; i++)
                outcomes[places[i]] = answer.Outcomes[i];

            List<int> failed = [.. places.Where(place => outcomes[place].Status == LineStatus.Failed)];
            if (failed.Count == 0)
                return null;
            if (failed.Count == places.Count)
            {
                var trouble = $"The server answers {outcomes[failed[0]].Reason}";
                if (backoff.AfterFailure() is not { } wait)
                    return $"{trouble}.";
                await courier.WaitAsync(trouble, wait, cancellation);
            }

            places = failed;
        }
    }

    /// <summary>Cuts a lane into batches of about the same size that a request can hold.</summary>
    private IEnumerable<List<int>> Split(IReadOnlyList<SourceItem> items, List<int> lane)
    {
        var requests = (lane.Count + target.LargestBatch - 1) / target.LargestBatch;
        var most = (lane.Count + requests - 1) / requests;
        var batch = new List<int>(most);
        var bytes = 0;
        foreach (var place in lane)
        {
            var size = SizeOf(items[place].Score!);
            if (batch.Count == most || (batch.Count > 0 && bytes + size > LargestBody))
            {
                yield return batch;
                batch = new List<int>(most);
                bytes = 0;
            }

            batch.Add(place);
            bytes += size;
        }

        yield return batch;
    }

    private static int SizeOf(ScoreLine score) =>
        BytesAround + BytesPerCharacter * (score.UserId.Length + (score.Name?.Length ?? 0) + (score.Metadata?.Length ?? 0));
}

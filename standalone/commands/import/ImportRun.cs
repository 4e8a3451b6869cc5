namespace Laurel.Standalone.Commands;

/// <summary>
/// Sends a source window by window: each is registered, sent, and its end kept before the next one is sent, so that an interrupted
/// import repeats one window at the most. The next window is read meanwhile; no more is held.
/// </summary>
internal sealed class ImportRun : IDisposable
{
    private readonly ProgressMeter _meter;
    private long _lines;

    /// <param name="source">At the place where the state ends.</param>
    /// <param name="state">Where the import is.</param>
    /// <param name="clock">All time comes from here.</param>
    public ImportRun(IScoreSource source, ImportState state, TimeProvider clock)
    {
        (Source, State) = (source, state);
        _meter = new ProgressMeter(clock, source.Done);
    }

    /// <summary>Where the import is, as it is kept.</summary>
    public ImportState State { get; private set; }

    /// <summary>How many scores a window has at the most.</summary>
    public required int WindowSize { get; init; }

    /// <summary>Sends them.</summary>
    public required BatchSender Sender { get; init; }

    /// <summary>Registers players first; null when they are not to be.</summary>
    public required PlayerRegistration? Registration { get; init; }

    /// <summary>Keeps where the import is.</summary>
    public required ImportStateFile StateFile { get; init; }

    /// <summary>Keeps what did not go in.</summary>
    public required RejectFile Rejects { get; init; }

    /// <summary>Is told how far it is.</summary>
    public required IImportProgress Progress { get; init; }

    private IScoreSource Source { get; }

    /// <summary>Goes on to the end.</summary>
    /// <returns>Why it stopped before; null when it did not.</returns>
    /// <exception cref="OperationCanceledException">Somebody cancelled it.</exception>
    /// <exception cref="IOException">The source, the state or the rejects cannot be read or written.</exception>
    public async Task<string?> ToEndAsync(CancellationToken cancellation)
    {
        var next = SourceWindow.ReadAsync(Source, WindowSize, cancellation);
        while (await next is { } window)
        {
            next = Task.Run(() => SourceWindow.ReadAsync(Source, WindowSize, cancellation), CancellationToken.None);
            try
            {
                if (await SendAsync(window, cancellation) is { } stop)
                    return stop;
                cancellation.ThrowIfCancellationRequested();
            }
            finally
            {
                // The source must be at rest when it is closed.
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        State = State with { Finished = true };
        StateFile.Write(State);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => Rejects.Dispose();

    private async Task<string?> SendAsync(SourceWindow window, CancellationToken cancellation)
    {
        LineOutcome[] outcomes = [];
        if (window.Scores.Count > 0)
        {
            if (Registration is not null && await Registration.RegisterAsync(window.Scores, cancellation) is { } refusal)
                return refusal;
            var answer = await Sender.SendAsync(window.Scores, cancellation);
            if (answer.Outcomes is null)
                return answer.Stop;
            outcomes = answer.Outcomes;
        }

        Keep(window, outcomes);
        return null;
    }

    private void Keep(SourceWindow window, LineOutcome[] outcomes)
    {
        var tally = State.Tally with { Skipped = State.Tally.Skipped + window.Skipped };
        List<(SourceItem Item, string Reason)> refused = [.. window.Bad.Select(static item => (item, item.Mistake!))];
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i].Status == LineStatus.Refused)
                refused.Add((window.Scores[i], outcomes[i].Reason ?? "refused"));
            else
                tally = tally.Add(outcomes[i].Status);
        }

        foreach (var (item, reason) in refused.OrderBy(static line => line.Item.Number))
        {
            tally = tally.Refuse(reason, item.Number);
            Rejects.Add(item, reason);
        }

        Rejects.Flush();
        State = State with { Cursor = window.Cursor, Finished = false, RejectBytes = Rejects.Length, Tally = tally };
        StateFile.Write(State);
        _lines += window.Lines;
        Progress.Report(_meter.Measure(window.Done, Source.Size, _lines, tally.Refused));
    }
}

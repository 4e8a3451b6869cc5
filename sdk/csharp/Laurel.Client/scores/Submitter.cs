using System.Text;

namespace Laurel.Client;

/// <summary>Brings scores to the server in chunks, and goes on until each is settled.</summary>
internal sealed class Submitter
{
    /// <summary>The most scores of a request.</summary>
    public const int ChunkSize = 100;

    private const string NotStored = "internal-server-error";
    private const int AllConflict = 409;
    private const int TooLarge = 413;

    private readonly Courier _courier;
    private readonly LaurelClientOptions _options;
    private readonly string _path;

    public Submitter(Courier courier, LaurelClientOptions options, string path) => (_courier, _options, _path) = (courier, options, path);

    /// <summary>Ends when the server answers at all, tried with the patience of any other call.</summary>
    /// <exception cref="LaurelUnavailableException">There is no way to it.</exception>
    public async Task ReachAsync(CancellationToken cancellation)
    {
        try
        {
            await _courier.SendAsync("/health", null, _courier.NewBackoff(), cancellation);
        }
        catch (LaurelException exception) when (exception is not LaurelUnavailableException)
        {
            // Somebody on the way to it keeps this address for themselves.
        }
    }

    /// <summary>Submits any number.</summary>
    /// <exception cref="LaurelException">It has the outcomes so far and the scores that have none.</exception>
    public async Task<IReadOnlyList<ScoreOutcome>> SubmitAsync(IReadOnlyList<Score> scores, CancellationToken cancellation)
    {
        var outcomes = new ScoreOutcome?[scores.Count];
        try
        {
            for (var start = 0; start < scores.Count; start += ChunkSize)
                await SubmitChunkAsync(scores, [.. Enumerable.Range(start, Math.Min(ChunkSize, scores.Count - start))], outcomes, cancellation);
        }
        catch (LaurelException exception)
        {
            Note(exception, scores, outcomes);
            throw;
        }

        return outcomes!;
    }

    /// <summary>Submits up to <see cref="ChunkSize"/> of them.</summary>
    private async Task SubmitChunkAsync(IReadOnlyList<Score> scores, List<int> places, ScoreOutcome?[] outcomes, CancellationToken cancellation)
    {
        var backoff = _courier.NewBackoff();
        while (true)
        {
            var results = await SendAsync(scores, places, backoff, cancellation);
            List<int> failed = [];
            for (var i = 0; i < places.Count; i++)
            {
                if (results[i].Label == NotStored)
                    failed.Add(places[i]);
                else
                    outcomes[places[i]] = results[i];
            }

            if (failed.Count == 0)
                return;
            places = failed;
            if (backoff.AfterFailure(null) is not { } wait)
                throw new LaurelUnavailableException(200, NotStored, "The server could not store the scores.");
            await _options.Clock.Delay(wait, cancellation);
        }
    }

    private async Task<IReadOnlyList<ScoreOutcome>> SendAsync(IReadOnlyList<Score> scores, List<int> places, Backoff backoff, CancellationToken cancellation)
    {
        LaurelResponse response;
        var count = places.Count;
        try
        {
            response = await _courier.SendAsync(_path, Write(scores, places), backoff, cancellation);
        }
        catch (LaurelException exception) when (exception.Status == AllConflict)
        {
            return [.. Enumerable.Range(0, count).Select(static _ => new ScoreOutcome("conflict"))];
        }
        catch (LaurelException exception) when (exception.Status == TooLarge)
        {
            // One that is too large by itself must not hold up the others.
            if (count == 1)
                return [new ScoreOutcome("validation") { Message = exception.Message }];
            var first = await SendAsync(scores, places.GetRange(0, count / 2), backoff, cancellation);
            return [.. first, .. await SendAsync(scores, places.GetRange(count / 2, count - (count / 2)), backoff, cancellation)];
        }

        var results = Courier.Read(response, static answer => answer.RequiredList("results", ScoreOutcome.Read));
        return results.Count == count
            ? results
            : throw Refusals.Unexpected(response, new FormatException($"{results.Count} results for {count} scores."));
    }

    private static string Write(IReadOnlyList<Score> scores, List<int> places)
    {
        var body = new StringBuilder("{\"entries\":");
        var separator = '[';
        foreach (var place in places)
        {
            ScoreText.Write(body.Append(separator), scores[place]);
            separator = ',';
        }

        return body.Append("]}").ToString();
    }

    /// <summary>Outcomes end where the first score without one is; what was settled behind it is a duplicate when it comes again.</summary>
    private static void Note(LaurelException exception, IReadOnlyList<Score> scores, ScoreOutcome?[] outcomes)
    {
        var settled = outcomes.TakeWhile(static outcome => outcome is not null).ToArray();
        exception.Outcomes = settled!;
        exception.Unsettled = [.. scores.Skip(settled.Length)];
    }
}

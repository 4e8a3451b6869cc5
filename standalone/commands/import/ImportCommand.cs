using System.CommandLine;
using System.Runtime.InteropServices;

namespace Laurel.Standalone.Commands;

/// <summary><c>import FILE</c>: sends the scores of a file or a Redis set to a server through its public API.</summary>
internal static class ImportCommand
{
    // Longer than the server's own deadlines, so that its answer comes first.
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(60);

    /// <summary>The command.</summary>
    /// <param name="clock">All time comes from here.</param>
    public static Command Build(TimeProvider clock)
    {
        var options = new ImportOptions();
        var command = new Command("import", "Imports scores from a file or a Redis set into a board, resumably");
        options.AddTo(command);
        command.SetAction(async (line, cancellation) =>
        {
            var output = line.InvocationConfiguration.Output;
            var errors = line.InvocationConfiguration.Error;
            List<string> mistakes = [];
            if (options.Read(line, mistakes) is not { } settings)
            {
                foreach (var mistake in mistakes)
                    errors.WriteLine(mistake);
                return ImportExit.Stopped;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            using var interrupt = StopOn(PosixSignal.SIGINT, stop);
            using var terminate = StopOn(PosixSignal.SIGTERM, stop);
            return await RunAsync(settings, clock, output, errors, stop.Token);
        });
        return command;
    }

    /// <summary>Does what was asked.</summary>
    /// <returns>An <see cref="ImportExit"/>.</returns>
    public static async Task<int> RunAsync(ImportSettings settings, TimeProvider clock, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        try
        {
            return settings.DryRun
                ? await TryAsync(settings, output, errors, cancellation)
                : await ImportAsync(settings, clock, output, errors, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            errors.WriteLine("Stopped. The same command goes on from here.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"{exception.Message} The same command goes on from here.");
        }

        return ImportExit.Stopped;
    }

    private static async Task<int> TryAsync(ImportSettings settings, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        var opening = await settings.Origin.OpenAsync(null, cancellation);
        if (opening.Source is null)
            return Stop(errors, opening.Mistake!);
        await using var source = opening.Source;
        output.WriteLine(source.Description);
        return await DryRun.RunAsync(source, output, cancellation) ? ImportExit.AllIn : ImportExit.SomeRefused;
    }

    private static async Task<int> ImportAsync(ImportSettings settings, TimeProvider clock, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        if (settings.Origin.FindMistake() is { } absence)
            return Stop(errors, absence);
        var stateFile = new ImportStateFile(settings.Origin.KeptAt + ImportStateFile.Suffix);
        var resumption = ImportResumption.Decide(settings, stateFile.Read());
        if (resumption.State is not { } state)
            return Stop(errors, resumption.Mistake!);
        var opening = await settings.Origin.OpenAsync(state.Cursor, cancellation);
        if (opening.Source is null)
            return Stop(errors, opening.Mistake!);

        await using var source = opening.Source;
        using var client = NewClient(settings);
        if (await ServerProbe.FindMistakeAsync(client, cancellation) is { } unreachable)
            return Stop(errors, unreachable);

        output.WriteLine($"{settings.Origin.Title} → {settings.Target}");
        output.WriteLine(source.Description);
        if (state.Cursor is not null)
            output.WriteLine($"Goes on behind line {source.Next - 1}.");
        return await SendAsync(settings, clock, client, source, state, stateFile, output, errors, cancellation);
    }

    private static async Task<int> SendAsync(
        ImportSettings settings,
        TimeProvider clock,
        HttpClient client,
        IScoreSource source,
        ImportState state,
        ImportStateFile stateFile,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellation)
    {
        using var rejects = new RejectFile(settings.Origin.KeptAt + RejectFile.Suffix);
        // Before anything is sent: a directory that takes no files would only be noticed behind the first scores.
        rejects.ShortenTo(state.RejectBytes);
        stateFile.Write(state);
        var (stop, end) = await ProgressDisplay.ShowAsync(output, clock, Path.GetFileName(settings.Origin.KeptAt), async progress =>
        {
            var courier = new Courier(client, clock, settings.Patience, progress);
            IScoreTarget target = settings.Board is { } board
                ? new NativeTarget(courier, board, ImportResumption.IdentityOf(state, settings.Origin), settings.Lanes)
                : new GameTarget(courier, clock);
            using var run = new ImportRun(source, state, clock)
            {
                WindowSize = Math.Min(settings.Batch, target.LargestBatch) * target.Lanes,
                Sender = new BatchSender(target, courier),
                Registration = settings.Register ? new PlayerRegistration(courier, settings.Board!.Value.Tenant) : null,
                StateFile = stateFile,
                Rejects = rejects,
                Progress = progress,
            };
            return (await run.ToEndAsync(cancellation), run.State);
        });

        ImportSummary.Write(output, end.Tally, rejects.Path);
        if (stop is not null)
            return Stop(errors, $"{stop} The import stopped before the end; the same command goes on from here.");
        return end.Tally.Refused == 0 ? ImportExit.AllIn : ImportExit.SomeRefused;
    }

    private static HttpClient NewClient(ImportSettings settings)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10) };
        var client = new HttpClient(handler) { BaseAddress = settings.Url, Timeout = AttemptLimit };
        client.DefaultRequestHeaders.Add("X-API-Key", settings.Key);
        return client;
    }

    private static int Stop(TextWriter errors, string mistake)
    {
        errors.WriteLine(mistake);
        return ImportExit.Stopped;
    }

    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
}

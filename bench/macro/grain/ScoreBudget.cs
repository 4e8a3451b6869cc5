using System.Text;
using Laurel.ApiFrontend;
using Laurel.GrainInterfaces;
using Laurel.Storage;
using Laurel.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laurel.Bench.Macro;

/// <summary>Where a durable score's CPU time goes: each piece is measured by itself, beside the whole.</summary>
internal sealed class ScoreBudget(MacroContext context)
{
    private const int Submitters = 32;

    private readonly CpuMeter _meter = new(context.Settings.BudgetSeconds, context.Clock, context.Cancellation);

    /// <summary>Measures and reports it.</summary>
    public async Task RunAsync(BatchFigures measured)
    {
        context.Screen.Begin("measuring the budget of a score, piece by piece");
        var subjects = context.Settings.Subjects;
        var making = MeasureMaking(subjects);
        var parse = MeasureParse();
        context.Screen.Progress(1, 4);
        var (upsert, submit, blob) = MeasureSeason(subjects, making);
        context.Screen.Progress(2, 4);
        var journal = await MeasureJournalAsync(blob);
        context.Screen.Progress(3, 4);
        var turn = await MeasureTurnAsync();
        context.Screen.Progress(4, 4);

        var sum = measured.HttpNanoseconds + parse + turn + submit + journal;
        context.Report.Add(new Table(
            "Budget of a score, in batches of 100",
            ["piece", "CPU ns per score"],
            [
                ["answer: the request's bytes in, the answer out (Kestrel, the endpoint that does not parse)", Figures.Whole(measured.HttpNanoseconds)],
                ["parse: body to batch", Figures.Whole(parse)],
                ["turn: call of the grain, waiting for the commit, answers to all who wait", Figures.Whole(turn)],
                [$"upsert: find and place among {Figures.Whole(subjects)}", Figures.Whole(upsert)],
                ["record: aggregation, pre-image, journal record", Figures.Whole(submit - upsert)],
                [$"journal: SQLite, synchronous=FULL, {SeasonLoop.BatchesPerBlob} batches a blob", Figures.Whole(journal)],
                ["sum of the pieces", Figures.Whole(sum)],
                ["measured as a whole", Figures.Whole(measured.LaurelNanoseconds)],
                ["the rest: access, routing, snapshots, threads that wake each other", Figures.Whole(measured.LaurelNanoseconds - sum)],
            ]));
    }

    /// <summary>What the batches of the loops themselves cost.</summary>
    private double MeasureMaking(int subjects)
    {
        var maker = MakerOf(subjects);
        return _meter.Measure(() => maker.Random().Count);
    }

    private double MeasureParse()
    {
        var request = new ScoreRequest(
            new LoadPlan { Port = 0, Path = "/", BatchSize = BatchMaker.BatchSize, Subjects = context.Settings.Subjects, Connections = 1, Expected = "" }, context.Settings.Seed);
        var bytes = request.Make(0, Timestamps.Now(context.Clock)).ToArray();
        var body = bytes.AsMemory(bytes.AsSpan().IndexOf("\r\n\r\n"u8) + 4);
        var sheet = new ScoreSheet();
        return _meter.Measure(() =>
            ScoreSheetReader.Read(body.Span, long.MaxValue, sheet) == ScoreSheetShape.Scores
                ? sheet.ToBatch(Guid.NewGuid(), 0).Count
                : throw new InvalidOperationException($"The body was not understood: {Encoding.UTF8.GetString(body.Span)}"));
    }

    private (double Upsert, double Submit, byte[] Blob) MeasureSeason(int subjects, double making)
    {
        var maker = MakerOf(subjects);
        var loop = new SeasonLoop(subjects, maker);
        var submit = _meter.Measure(() => loop.Submit(maker.Random())) - making;
        var upsert = _meter.Measure(() => loop.Upsert(maker.Random())) - making;
        return (upsert, submit, loop.Blob);
    }

    private async Task<double> MeasureJournalAsync(byte[] blob)
    {
        await using var store = await SqliteStore.OpenAsync(
            new SqliteOptions { DataDirectory = context.Workspace.Make("budget-journal") }, context.Clock, NullLoggerFactory.Instance);
        var head = await store.Journals.OpenAsync("budget");
        var last = 0L;
        return await _meter.MeasureAsync(1, async _ =>
        {
            var append = new JournalAppend { Head = head, ExpectedLast = last, NewLast = last + SeasonLoop.BatchesPerBlob, Data = blob };
            if (await store.Journals.AppendAsync(append) != WriteOutcome.Committed)
                throw new InvalidOperationException("An append failed.");
            last = append.NewLast;
            return SeasonLoop.BatchesPerBlob * BatchMaker.BatchSize;
        });
    }

    /// <summary>Whole submissions through the port to a season whose commits are free, less what the season itself does.</summary>
    private async Task<double> MeasureTurnAsync()
    {
        var subjects = context.Settings.GrainSubjects;
        var maker = MakerOf(subjects);
        var season = new SeasonLoop(subjects, maker);
        var state = _meter.Measure(() => season.Submit(maker.Random()));

        await using var server = await InnerServer.StartAsync(context, "budget-turn", subjects);
        server.Store.KeepsNothing = true;
        var makers = Enumerable.Range(0, Submitters).Select(seed => new BatchMaker(subjects, seed, context.Clock)).ToArray();
        var whole = await _meter.MeasureAsync(Submitters, async worker =>
        {
            await server.SubmitAsync(makers[worker].Random());
            return BatchMaker.BatchSize;
        });
        return whole - state;
    }

    private BatchMaker MakerOf(int subjects) => new(subjects, context.Settings.Seed, context.Clock);
}

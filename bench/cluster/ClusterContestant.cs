using Laurel.Bench.Macro;

namespace Laurel.Bench.Cluster;

/// <summary>Some boards of some nodes, and what their scores took in the rounds so far. The players are spread over the boards, as far as a batch of each board has different ones.</summary>
internal sealed class ClusterContestant
{
    private const int BatchSize = 100;
    private const int UsualConnections = 16;

    /// <summary>It ends after so many rounds at the latest.</summary>
    private const int WarmUpRounds = 20;

    /// <summary>So many rounds in which a score cost no less show that all is compiled.</summary>
    private const int RoundsInVain = 3;

    /// <summary>A cost below this part of the least one so far is less; what is above may be chance.</summary>
    private const double Less = 0.98;

    private readonly string _name;
    private readonly ClusterNodes _nodes;
    private readonly string[] _keys;
    private readonly int _subjects;
    private readonly int _connections;
    private readonly List<Cost> _rounds = [];
    private Cost _first;

    private ClusterContestant(string name, ClusterNodes nodes, string[] keys, int subjects, int connections = UsualConnections) =>
        (_name, _nodes, _keys, _subjects, _connections) = (name, nodes, keys, subjects, connections);

    /// <summary>Of all its processes, the median of the rounds.</summary>
    public double CpuSecondsPerMillion => Figures.Median(_rounds.Select(static round => round.Sum));

    /// <summary>Makes the boards and their keys, and submits until code is compiled and caches are warm.</summary>
    public static async Task<ClusterContestant> PrepareAsync(MacroContext context, string name, ClusterNodes nodes, int boards)
    {
        context.Screen.Begin($"{name}: making boards, warming up");
        using var admin = new LaurelAdmin(nodes.Front.Address, LaurelServer.AdminKey);
        await admin.EnsureTenantAsync(context.Cancellation);
        var keys = new string[boards];
        for (var i = 0; i < boards; i++)
        {
            var board = $"board-{boards}-{i}";
            await admin.CreateBoardAsync(board, LaurelAdmin.OpenBoard, context.Cancellation);
            keys[i] = await admin.CreateGameKeyAsync(board, context.Cancellation);
            context.Screen.Progress(i + 1, boards);
        }

        var contestant = new ClusterContestant(name, nodes, keys, Math.Max(BatchSize, context.Settings.Subjects / boards));
        contestant._first = await contestant.MeasureAsync(context, seed: 0, boards * contestant._subjects / BatchSize, inOrder: true);
        await contestant.WarmUpAsync(context);
        return contestant;
    }

    /// <summary>The same nodes and boards under so many times the load.</summary>
    public ClusterContestant UnderLoad(int times) =>
        new($"{_name}, {times * UsualConnections} connections", _nodes, _keys, _subjects, times * UsualConnections) { _first = _first };

    /// <summary>One round.</summary>
    public async Task RunAsync(MacroContext context, int seed) => _rounds.Add(await MeasureAsync(context, seed, context.Settings.BatchRequests));

    /// <summary>The table's row.</summary>
    public IReadOnlyList<string> Row() =>
    [
        _name,
        Figures.Fine(CpuSecondsPerMillion),
        Figures.Fine(Figures.Median(_rounds.Select(static round => round.Front))),
        Figures.Fine(Figures.Median(_rounds.Select(static round => round.Behind))),
        Figures.Whole(Figures.Median(_rounds.Select(static round => round.Rate))),
        Figures.Fine(_first.Sum),
    ];

    /// <summary>
    /// Submits until a score costs no less than before: several silos are asked less each, and take longer until their code is compiled.
    /// </summary>
    private async Task WarmUpAsync(MacroContext context)
    {
        var requests = Math.Max(context.Settings.BatchRequests, _keys.Length);
        var least = double.PositiveInfinity;
        for (var (round, inVain) = (0, 0); round < WarmUpRounds && inVain < RoundsInVain; round++)
        {
            var cost = (await MeasureAsync(context, seed: 0, requests)).Sum;
            inVain = cost < least * Less ? 0 : inVain + 1;
            least = Math.Min(least, cost);
        }
    }

    private async Task<Cost> MeasureAsync(MacroContext context, int seed, int requests, bool inOrder = false)
    {
        var (front, behind) = (_nodes.Front.Process.CpuTime, Behind());
        var result = await SubmitAsync(context, seed, requests, inOrder);
        return new Cost(PerMillion(_nodes.Front.Process.CpuTime - front), PerMillion(Behind() - behind), result.ScoreRate);

        TimeSpan Behind() => Waiting.Sum([.. _nodes.Behind.Select(static node => node.Process)]);
        double PerMillion(TimeSpan time) => time.TotalSeconds / result.Scores * 1e6;
    }

    private Task<LoadResult> SubmitAsync(MacroContext context, int seed, int requests, bool inOrder) => context.Load.RunAsync(
        new LoadPlan
        {
            Port = _nodes.Front.Port,
            Path = "/leaderboard/scores",
            Keys = _keys,
            BatchSize = BatchSize,
            Connections = _connections,
            Requests = requests,
            Subjects = _subjects,
            InOrder = inOrder,
            Seed = seed,
            Expected = "\"success\":true",
        },
        context.Cancellation);

    /// <summary>What scores took: CPU seconds per million of the node in front and of those behind it, and how many there were in a second.</summary>
    private readonly record struct Cost(double Front, double Behind, double Rate)
    {
        public double Sum => Front + Behind;
    }
}

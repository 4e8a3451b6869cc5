using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Laurel.Bench.Micro;

/// <summary>
/// The verb <c>micro</c>: single operations of the ranking core and the rules under BenchmarkDotNet. <c>micro</c> measures all of them, <c>micro '*Top*'</c>
/// those of that name; whatever else BenchmarkDotNet takes may follow.
/// </summary>
internal static class MicroVerb
{
    /// <summary>Runs it in this process: what is measured is the build that was started, and nothing has to be built again.</summary>
    public static Task<int> RunAsync(string[] args)
    {
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        var summaries = BenchmarkSwitcher.FromTypes([typeof(RankingBenchmarks), typeof(RuleBenchmarks)]).Run(args.Length == 0 ? ["--filter", "*"] : Filter(args), config);
        return Task.FromResult(summaries.Any(static summary => summary.HasCriticalValidationErrors) ? 1 : 0);
    }

    private static string[] Filter(string[] args) => args[0].StartsWith('-') ? args : ["--filter", .. args];
}

using System.Globalization;
using Laurel.Bench.Cluster;
using Laurel.Bench.Hub;
using Laurel.Bench.Live;
using Laurel.Bench.Macro;
using Laurel.Bench.Micro;

return args switch
{
    ["core", .. var rest] => await CoreCommand.RunAsync(rest),
    ["micro", .. var rest] => await MicroVerb.RunAsync(rest),
    ["events", .. var rest] => await PartVerb.RunAsync(rest, TimeProvider.System, EventScoring.RunAsync, WindowClosing.RunAsync),
    ["reads", .. var rest] => await PartVerb.RunAsync(rest, TimeProvider.System, TopInGrain.RunAsync, ReadsInGrain.RunAsync),
    ["hub", .. var rest] => await PartVerb.RunAsync(rest, TimeProvider.System, HubBroadcast.RunAsync, HubStream.RunAsync, OverlayPaint.RunAsync),
    ["cluster", .. var rest] => await ClusterVerb.RunAsync(rest, TimeProvider.System),
    ["live"] => await LiveCommand.RunAsync(TimeProvider.System, CancellationToken.None),
    ["load"] => await LoadVerb.RunAsync(TimeProvider.System),
    ["viewers"] => await ViewersVerb.RunAsync(TimeProvider.System),
    ["serve-broadcast", var port] => await BroadcastVerb.RunAsync(Number(port)),
    ["serve-bytes", var port, var file] => await BytesVerb.RunAsync(Number(port), file),
    ["serve-parse", var port] => await ParseVerb.RunAsync(Number(port)),
    ["serve-redis", var port, var redisPort] => await RedisStackVerb.RunAsync(Number(port), Number(redisPort)),
    _ => await MacroCommand.RunAsync(args),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

using System.Globalization;
using Laurel.Bench.Macro;

return args switch
{
    ["load"] => await LoadVerb.RunAsync(TimeProvider.System),
    ["serve-parse", var port] => await ParseVerb.RunAsync(Number(port)),
    ["serve-redis", var port, var redisPort] => await RedisStackVerb.RunAsync(Number(port), Number(redisPort)),
    _ => await MacroCommand.RunAsync(args),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

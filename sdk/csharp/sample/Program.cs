using Laurel.Client;

if (args.Length != 6)
{
    Console.Error.WriteLine("usage: laurel-sample URL TENANT LEADERBOARD KEY PLAYER SCORE");
    return 2;
}

var queue = Path.Combine(Path.GetTempPath(), $"laurel-sample-{args[1]}-{args[2]}.ndjson");
var client = new LaurelClient(new LaurelClientOptions(args[0], args[1], args[2], args[3]) { Storage = new FileScoreStorage(queue) });
try
{
    var score = new Score(args[4], double.Parse(args[5], System.Globalization.CultureInfo.InvariantCulture))
    {
        Metadata = LaurelJson.Object(("from", "sample")),
    };
    await client.Queue.AddAsync(score);
    var flushed = await client.Queue.FlushAsync();
    foreach (var settled in flushed.Settled)
        Console.WriteLine($"{settled.Score.UserId}: {settled.Outcome.Label}, score {settled.Outcome.Score}, rank {settled.Outcome.Rank}");
    if (flushed.Trouble is { } trouble)
        throw trouble;

    await foreach (var update in client.FollowAsync(new LiveQuery { PageSize = 3 }))
    {
        foreach (var row in update.Rows)
            Console.WriteLine($"{row.Rank}. {row.Name ?? row.UserId} {row.Score}");
        break;
    }

    return 0;
}
catch (LaurelException exception)
{
    Console.Error.WriteLine($"{exception.Code}: {exception.Message}");
    return 1;
}

using System.CommandLine;
using System.Security.Cryptography;
using Laurel.Hosting;

namespace Laurel.Standalone.Commands;

/// <summary><c>demo</c>: a server with its own data and something on it.</summary>
internal static class DemoCommand
{
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int AdminKeyLength = 40;

    /// <summary>The command.</summary>
    public static Command Build(TimeProvider clock)
    {
        var command = new Command(
            "demo",
            "Serves a demo board with sample scores (in ./data-demo) and prints lines to try; takes the server's configuration, "
            + "such as --urls http://127.0.0.1:5080")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((line, cancellation) =>
            RunAsync([.. line.UnmatchedTokens], clock, line.InvocationConfiguration.Output, line.InvocationConfiguration.Error, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string[] args, TimeProvider clock, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        StandaloneHost host;
        var adminKey = "";
        try
        {
            host = await StandaloneHost.StartAsync([.. OwnSettings(), .. args], builder => adminKey = builder.Configuration["Laurel:AdminKey"]!);
        }
        catch (Exception error) when (StartupErrors.Explain(error) is { } line)
        {
            errors.WriteLine($"The demo cannot start: {line}");
            return 1;
        }

        await using (host)
        {
            if (await PrepareAsync(host.Address, adminKey, output, clock) is { } mistake)
            {
                errors.WriteLine(mistake);
                return 1;
            }

            await Task.WhenAny(host.WaitForShutdownAsync(), Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellation));
        }

        return 0;
    }

    /// <summary>
    /// Put before the command line, which wins: a demo keeps to its own embedded database whatever the environment says of the real
    /// server's, and its admin key is good for this run.
    /// </summary>
    private static string[] OwnSettings() =>
    [
        "--Laurel:DataDirectory=./data-demo",
        $"--Laurel:Storage:Provider={StorageOptions.Sqlite}",
        "--Laurel:Storage:ConnectionString=",
        $"--Laurel:AdminKey={RandomNumberGenerator.GetString(Letters, AdminKeyLength)}",
    ];

    private static async Task<string?> PrepareAsync(string address, string adminKey, TextWriter output, TimeProvider clock)
    {
        try
        {
            using var admin = NewClient(address, adminKey);
            var setup = new DemoSetup(admin);
            await setup.MakeBoardAsync();
            var key = await setup.RenewKeyAsync();

            using var tenant = NewClient(address, key);
            if (await DemoLoad.RunAsync(tenant, output, clock) is { } mistake)
                return mistake;
            DemoGuide.Write(output, address, key);
            return null;
        }
        catch (HttpRequestException exception)
        {
            return $"The demo could not be set up: {exception.Message} Deleting the demo's data directory, ./data-demo unless you named another, begins it anew.";
        }
    }

    private static HttpClient NewClient(string address, string key)
    {
        var client = new HttpClient { BaseAddress = new Uri(address + "/") };
        client.DefaultRequestHeaders.Add("X-API-Key", key);
        return client;
    }
}

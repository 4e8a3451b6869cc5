using Laurel.Hosting;
using Laurel.Standalone;
using Laurel.Standalone.Commands;

SocketCompletions.RunInline();
return await ServerCommands.RunAsync(args, ServeAsync);

static async Task<int> ServeAsync(string[] args)
{
    StandaloneHost host;
    try
    {
        host = await StandaloneHost.StartAsync(args);
    }
    catch (Exception error) when (StartupErrors.Explain(error) is { } line)
    {
        await Console.Error.WriteLineAsync($"Laurel cannot start: {line}");
        return 1;
    }

    if (host.NewAdminKey is { } adminKey) FirstStart.Greet(Console.Out, host.Address, adminKey);

    await host.WaitForShutdownAsync();
    await host.DisposeAsync();
    return 0;
}

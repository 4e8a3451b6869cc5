using Laurel.Hosting;
using Laurel.Silo;

SocketCompletions.RunInline();
SiloHost host;
try
{
    host = await SiloHost.StartAsync(args);
}
catch (Exception error) when (NodeStartErrors.Explain(error) is { } line)
{
    await Console.Error.WriteLineAsync($"Laurel cannot start: {line}");
    return 1;
}

if (host.NewAdminKey is { } adminKey)
    FirstStart.Greet(Console.Out, host.Address, adminKey);

await host.WaitForShutdownAsync();
await host.DisposeAsync();
return 0;

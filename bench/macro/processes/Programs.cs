using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Laurel.Standalone;

namespace Laurel.Bench.Macro;

/// <summary>How the processes of a run are started: all .NET ones by the same runtime, from the same build.</summary>
internal static class Programs
{
    /// <summary>This program with another verb.</summary>
    public static ProcessStartInfo Own(params string[] arguments) => DotNet(Assembly.GetExecutingAssembly().Location, arguments);

    /// <summary>The server.</summary>
    public static ProcessStartInfo Laurel(params string[] arguments) => DotNet(typeof(StandaloneHost).Assembly.Location, arguments);

    /// <summary>Any program of .NET, by its path.</summary>
    public static ProcessStartInfo DotNet(string program, params string[] arguments)
    {
        var runtime = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        return new ProcessStartInfo(runtime, [program, .. arguments]);
    }

    /// <summary>The full path of a program in PATH; null when there is none.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, OperatingSystem.IsWindows() ? name + ".exe" : name))
            .FirstOrDefault(File.Exists);

    /// <summary>A port of the loopback interface that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Laurel.Tests.Support;

namespace Laurel.Journeys.Tests.Godot;

/// <summary>
/// A headless Godot that runs one script of <c>sdk/godot/tests</c> on a copy of the addon, and what it has said: lines of a kind and a
/// JSON text. Godot 3 takes the addon's network core alone.
/// </summary>
internal sealed class GodotEngine : IAsyncDisposable
{
    private const string Core3Project = "config_version=4\n[application]\nconfig/name=\"Laurel\"\nrun/flush_stdout_on_print=true\n";

    /// <summary>Slower than any machine that is merely busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TempDirectory _folder;
    private readonly Process _process;
    private readonly BlockingCollection<(string Kind, JsonElement What)> _said = [];
    private readonly ConcurrentQueue<string> _output = new();

    private GodotEngine(TempDirectory folder, Process process) => (_folder, _process) = (folder, process);

    /// <summary>Starts it, or skips the test aloud.</summary>
    /// <param name="version">3 or 4.</param>
    /// <param name="script">A file of <c>sdk/godot/tests</c>.</param>
    /// <param name="environment">What the script reads.</param>
    public static GodotEngine Start(int version, string script, params (string Name, string Value)[] environment)
    {
        var program = Find(version);
        var absence = Requirements.ReasonToSkip($"godot{version}", program is null ? $"Godot {version} is not installed" : null);
        Assert.SkipWhen(absence is not null, absence ?? "");
        var folder = new TempDirectory();
        Copy(Source(), folder.Path, version);
        var start = new ProcessStartInfo(program!, [.. version == 4 ? ["--headless"] : Array.Empty<string>(), "--path", folder.Path, "-s", $"res://tests/{script}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["HOME"] = folder.Path, ["XDG_DATA_HOME"] = folder.Path, ["XDG_CONFIG_HOME"] = folder.Path, ["XDG_CACHE_HOME"] = folder.Path },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var engine = new GodotEngine(folder, new Process { StartInfo = start });
        engine.Run();
        return engine;
    }

    /// <summary>The next line of a kind; those of other kinds before it are passed over.</summary>
    public JsonElement Next(string kind) => Until(kind, static _ => true);

    /// <summary>The next line of a kind that is as wanted; those before it are passed over.</summary>
    public JsonElement Until(string kind, Func<JsonElement, bool> isWanted)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            if (!_said.TryTake(out var line, Patience))
                break;
            if (line.Kind == kind && isWanted(line.What))
                return line.What;
        }

        throw new TimeoutException($"Godot did not say {kind} as was wanted:\n{string.Join('\n', _output)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _said.Dispose();
        _folder.Dispose();
    }

    private void Run()
    {
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Note(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0 && line[..space] is "value" or "error" or "changed" or "closed" or "state" or "shown")
            _said.Add((line[..space], JsonDocument.Parse(line[space..]).RootElement));
    }

    private static string? Find(int version)
    {
        if (version == 4 && Environment.GetEnvironmentVariable("LAUREL_GODOT") is { Length: > 0 } named)
            return named;
        string[] names = version == 4 ? ["godot", "godot4"] : ["godot3-server"];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }

    private static void Copy(string source, string target, int version)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(source, file);
            if (version == 3 && !path.StartsWith("tests", StringComparison.Ordinal) && !path.Contains("core", StringComparison.Ordinal))
                continue;
            var copy = Path.Combine(target, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        if (version == 3)
            File.WriteAllText(Path.Combine(target, "project.godot"), Core3Project);
    }

    private static string Source([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(thisFile, "../../../../sdk/godot"));
}

namespace Laurel.Bench.Macro;

/// <summary>A directory on a real disk that is gone after the run.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly string _root;

    /// <param name="parent">Where to make it; null for a place that is usually no memory file system.</param>
    public Workspace(string? parent)
    {
        const string Persistent = "/var/tmp";
        parent ??= Directory.Exists(Persistent) ? Persistent : Path.GetTempPath();
        _root = Path.Combine(parent, $"laurel-bench-{Guid.NewGuid():N}");
        Directory.CreateDirectory(_root);
    }

    /// <summary>Whether writes to it reach no disk, so that figures for durable writes would be wrong.</summary>
    public bool IsInMemory => new DriveInfo(_root).DriveFormat is "tmpfs" or "ramfs";

    /// <summary>A new directory in it.</summary>
    public string Make(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);
}

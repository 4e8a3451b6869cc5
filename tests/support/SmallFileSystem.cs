namespace Laurel.Tests.Support;

/// <summary>A real file system of a few megabytes, that can really be full.</summary>
public sealed class SmallFileSystem : IAsyncDisposable
{
    private readonly TempDirectory _directory;

    private SmallFileSystem(TempDirectory directory) => _directory = directory;

    /// <summary>Why none can be made on this machine; null when one may.</summary>
    public static string? Absence => !OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess
        ? "a file system that can be filled takes root's right to mount one."
        : null;

    /// <summary>Where it is mounted.</summary>
    public string Path => _directory.Path;

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Mounts an empty one.</summary>
    /// <exception cref="InvalidOperationException">The machine does not let even root mount, as in some containers.</exception>
    public static async Task<SmallFileSystem> MountAsync(int megabytes)
    {
        var directory = new TempDirectory();
        try
        {
            await ServerProcess.RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", directory.Path);
            return new SmallFileSystem(directory);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <summary>Takes up all space that is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { 1 << 16, 1 })
        {
            var block = new byte[size];
            try
            {
                while (true)
                {
                    file.Write(block);
                }
            }
            catch (IOException)
            {
                // Full, to this size of block.
            }
        }
    }

    /// <summary>Gives back what was taken up.</summary>
    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await ServerProcess.RunAsync("umount", "--lazy", Path);
        _directory.Dispose();
    }
}

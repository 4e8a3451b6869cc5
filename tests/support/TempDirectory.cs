namespace Laurel.Tests.Support;

/// <summary>A directory of its own that goes with the test.</summary>
public sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("laurel-test-").FullName;

    public static implicit operator string(TempDirectory directory) => directory.Path;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

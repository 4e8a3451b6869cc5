using System.Text.Json;
using System.Text.Json.Serialization;

namespace Laurel.Standalone.Commands;

/// <summary>Keeps an import's state in a small file beside the imported one, replaced as a whole.</summary>
/// <param name="path">Where.</param>
internal sealed class ImportStateFile(string path)
{
    /// <summary>What it adds to the imported file's name.</summary>
    public const string Suffix = ".laurel-import";

    private readonly string _draft = path + ".tmp";

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>Reads it; null when there is none, or one that cannot be understood.</summary>
    public ImportState? Read()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ImportStateJson.Default.ImportState) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it; a process killed meanwhile leaves the one before.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    public void Write(ImportState state)
    {
        File.WriteAllBytes(_draft, JsonSerializer.SerializeToUtf8Bytes(state, ImportStateJson.Default.ImportState));
        File.Move(_draft, path, overwrite: true);
    }
}

/// <summary>The form of the state file.</summary>
[JsonSerializable(typeof(ImportState))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, IgnoreReadOnlyProperties = true)]
internal sealed partial class ImportStateJson : JsonSerializerContext;

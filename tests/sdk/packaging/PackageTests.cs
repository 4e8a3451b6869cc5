using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml.Linq;

namespace Laurel.Sdk.Tests.Packaging;

/// <summary>What the build packs.</summary>
public class PackageTests
{
    private static readonly string Sdk = Path.GetFullPath(Path.Combine(ThisFolder(), "../../../sdk/csharp"));

    [Fact]
    public void The_package_has_both_assemblies_with_their_documentation_and_says_what_it_is()
    {
        using var package = ZipFile.OpenRead(Newest("*.nupkg"));
        Assert.All(
            [
                "README.md", "LICENSE", "lib/netstandard2.1/Laurel.Client.dll", "lib/netstandard2.1/Laurel.Client.xml", "lib/net10.0/Laurel.Client.dll",
                "lib/net10.0/Laurel.Client.xml",
            ],
            name => Assert.NotNull(package.GetEntry(name)));
        using var nuspec = package.GetEntry("Laurel.Client.nuspec")!.Open();
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single();
        string? Say(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
        Assert.Equal(("Laurel.Client", "MIT", "README.md", "The Laurel authors"), (Say("id"), Say("license"), Say("readme"), Say("authors")));
        Assert.All(["version", "description", "tags", "releaseNotes", "copyright"], name => Assert.False(string.IsNullOrWhiteSpace(Say(name)), name));
        // The framework is all it needs.
        Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName == "dependency");
    }

    [Fact]
    public void The_symbols_are_packed_for_both()
    {
        using var symbols = ZipFile.OpenRead(Newest("*.snupkg"));
        Assert.NotNull(symbols.GetEntry("lib/netstandard2.1/Laurel.Client.pdb"));
        Assert.NotNull(symbols.GetEntry("lib/net10.0/Laurel.Client.pdb"));
    }

    [Fact]
    public void Every_file_of_the_Unity_package_has_what_the_engine_knows_it_by()
    {
        var package = Path.Combine(Sdk, "unity");
        var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(package, "package.json"))).RootElement;
        Assert.Equal("games.laurel.client", manifest.GetProperty("name").GetString());
        Assert.All(manifest.GetProperty("samples").EnumerateArray(), sample => Assert.True(Directory.Exists(Path.Combine(package, sample.GetProperty("path").GetString()!))));

        // Files of a package without such a file are passed over. Folders that end in ~ are no assets; the script that packs is left out.
        var assets = Directory.EnumerateFileSystemEntries(package, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(package, path).Replace('\\', '/'))
            .Where(path => !path.Contains('~') && !path.EndsWith(".meta", StringComparison.Ordinal) && path != "pack" && !path.EndsWith(".tgz", StringComparison.Ordinal))
            .Append("Runtime/Plugins/Laurel.Client.dll").Append("Runtime/Plugins/Laurel.Client.xml").Distinct().ToList();
        var ids = assets.Select(asset => File.ReadLines(Path.Combine(package, asset + ".meta")).Single(line => line.StartsWith("guid: ", StringComparison.Ordinal))).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());

        var version = XDocument.Load(Path.Combine(Sdk, "../../Directory.Build.props")).Descendants("VersionPrefix").Single().Value;
        Assert.Equal(version, manifest.GetProperty("version").GetString());
    }

    private static string Newest(string pattern) =>
        Directory.GetFiles(Path.Combine(Sdk, "Laurel.Client/bin/package"), pattern).MaxBy(File.GetLastWriteTimeUtc)!;

    private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

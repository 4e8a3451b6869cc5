using System.Reflection;

namespace Laurel.ApiFrontend.Pages;

/// <summary>
/// The files of the pages, which the build puts into this assembly: those that Vite made where Node was at hand, under <c>browser/</c>,
/// and the plain ones, under <c>plain/</c>.
/// </summary>
internal sealed class PageFiles
{
    private const string BuiltFolder = "browser/";
    private const string PlainFolder = "plain/";

    private readonly Dictionary<string, PageFile> _files = new(StringComparer.Ordinal);

    public PageFiles()
    {
        var assembly = typeof(PageFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (name.StartsWith(BuiltFolder, StringComparison.Ordinal) || name.StartsWith(PlainFolder, StringComparison.Ordinal))
                _files[name] = new PageFile(name, Read(assembly, name));
        }
    }

    /// <summary>Whether this server was built with the overlay and the console.</summary>
    public bool AreBuilt => _files.ContainsKey(BuiltFolder + "overlay.html");

    /// <summary>A page: the built one, or the plain one in its place.</summary>
    /// <param name="name"><c>overlay</c> or <c>console</c>.</param>
    public PageFile Page(string name) => _files.GetValueOrDefault($"{BuiltFolder}{name}.html") ?? _files[$"{PlainFolder}{name}.html"];

    /// <summary>What pages load; null when there is no such file.</summary>
    /// <param name="path">Below <c>/browser/</c>.</param>
    /// <param name="isHashed">Whether its name changes with its content.</param>
    public PageFile? Asset(string path, out bool isHashed)
    {
        isHashed = path.StartsWith("assets/", StringComparison.Ordinal);
        return _files.GetValueOrDefault((isHashed ? BuiltFolder : PlainFolder) + path);
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

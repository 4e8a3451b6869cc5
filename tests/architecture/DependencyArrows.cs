using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Laurel.Architecture.Tests;

/// <summary>The arrows of docs/architecture.md: which project may reference which. Read from the project files, so a new reference is seen at once.</summary>
public class DependencyArrows
{
    private static readonly string Root = FindRoot();

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["ranking"] = [],
        ["grain-interfaces"] = [],
        ["storage"] = ["ranking"],
        ["storage-sqlite"] = ["storage"],
        ["storage-postgres"] = ["storage"],
        ["grains"] = ["ranking", "grain-interfaces", "storage"],
        ["api-frontend"] = ["grain-interfaces"],
        ["hosting"] = ["ranking", "grain-interfaces", "storage", "storage-sqlite", "storage-postgres", "grains", "api-frontend"],
        ["standalone"] = ["ranking", "grain-interfaces", "storage", "storage-sqlite", "storage-postgres", "grains", "api-frontend", "hosting"],
        ["silo"] = ["ranking", "grain-interfaces", "storage", "storage-sqlite", "storage-postgres", "grains", "api-frontend", "hosting"],
    };

    private static readonly string[] Hosts = ["standalone", "silo"];

    public static TheoryData<string> Projects => [.. Allowed.Keys.Where(folder => ProjectFiles(folder).Length > 0)];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_house_allows(string folder)
    {
        var forbidden = References(folder, "ProjectReference")
            .Select(path => Path.GetFileName(Path.GetDirectoryName(path)!))
            .Except(Allowed[folder]);
        Assert.Empty(forbidden);
    }

    [Theory]
    [InlineData("ranking")]
    [InlineData("grain-interfaces")]
    public void The_core_stands_on_the_base_class_library_alone(string folder)
    {
        Assert.Empty(References(folder, "PackageReference"));
        Assert.Empty(References(folder, "FrameworkReference"));
    }

    [Theory]
    [InlineData("ranking")]
    [InlineData("storage")]
    [InlineData("grains")]
    public void The_core_knows_nothing_of_HTTP_SQL_or_Orleans(string folder)
    {
        string[] forbidden = ["Microsoft.AspNetCore", "System.Net.Http", "Microsoft.Data", "Npgsql", "System.Data", "Orleans"];
        var found =
            from file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            where !IsBuilt(file)
            from line in File.ReadLines(file)
            where line.StartsWith("using ", StringComparison.Ordinal) && forbidden.Any(line.Contains)
            select $"{Path.GetRelativePath(Root, file)}: {line}";
        Assert.Empty(found);
    }

    [Fact]
    public void Nothing_of_the_product_references_a_host()
    {
        var referencing = Allowed.Keys.Where(folder => References(folder, "ProjectReference")
            .Any(path => Hosts.Contains(Path.GetFileName(Path.GetDirectoryName(path)!))));
        Assert.Empty(referencing);
    }

    [Fact]
    public void Clients_share_nothing_with_the_server_and_need_the_framework_alone()
    {
        var client = References("sdk/csharp/Laurel.Client", "ProjectReference").Concat(References("sdk/csharp/Laurel.Client", "PackageReference"));
        Assert.Empty(client);
        Assert.All(References("sdk/csharp/sample", "ProjectReference"), path => Assert.Equal("../Laurel.Client/Laurel.Client.csproj", path));
    }

    [Fact]
    public void Every_project_of_the_product_is_in_the_house()
    {
        string[] outside = ["tests", "bench", "sdk", "deploy", "docs"];
        var unknown =
            from file in Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
            let folder = Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar)[0]
            where !outside.Contains(folder) && !Allowed.ContainsKey(folder)
            select file;
        Assert.Empty(unknown);
    }

    [Fact]
    public void The_solution_holds_every_project_and_the_filter_all_but_the_clusters()
    {
        string[] cluster = ["silo", "tests/cluster", "tests/cluster-dialects"];
        var projects = Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
            .Where(file => !IsBuilt(file))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("sdk/", StringComparison.Ordinal))
            .ToArray();
        var solution = File.ReadAllText(Path.Combine(Root, "Cluster.sln")).Replace('\\', '/');
        var filter = File.ReadAllText(Path.Combine(Root, "Standalone.slnf"));
        Assert.All(projects, file => Assert.Contains($"\"{file}\"", solution, StringComparison.Ordinal));
        Assert.Equal(
            projects.Where(file => !cluster.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal))).Order(),
            projects.Where(file => filter.Contains($"\"{file}\"", StringComparison.Ordinal)).Order());
    }

    private static IEnumerable<string> References(string folder, string kind) =>
        from file in ProjectFiles(folder)
        from reference in XDocument.Load(file).Descendants(kind)
        select reference.Attribute("Include")!.Value;

    private static string[] ProjectFiles(string folder) =>
        Path.Combine(Root, folder) is var path && Directory.Exists(path) ? Directory.GetFiles(path, "*.csproj") : [];

    private static bool IsBuilt(string file) =>
        file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") || file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}");

    private static string FindRoot([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(thisFile, "../../.."));
}

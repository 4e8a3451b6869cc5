using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Laurel.Client;

namespace Laurel.Sdk.Tests.Packaging;

/// <summary>Makes docs/csharp-api.md of the client's public types and what their sources say about them.</summary>
internal static partial class ApiReference
{
    /// <summary>The whole page.</summary>
    /// <param name="documentation">The XML file that the compiler wrote.</param>
    public static string Make(string documentation)
    {
        var texts = XDocument.Load(documentation).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => TextOf(member.Element("summary")));
        var page = new StringBuilder("# Laurel.Client, reference\n\nMade from the sources; a test holds it to them. The guide is [csharp.md](csharp.md).\n");
        foreach (var type in typeof(LaurelClient).Assembly.GetExportedTypes().OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            page.Append($"\n## {type.Name}\n\n{texts.GetValueOrDefault($"T:{type.FullName}")}\n");
            var rows = Members(type).Select(member => (Shown: Show(member), Text: texts.GetValueOrDefault(IdOf(member)))).Where(row => !string.IsNullOrEmpty(row.Text)).ToList();
            if (rows.Count == 0)
                continue;
            page.Append("\n| | |\n|---|---|\n");
            foreach (var (shown, text) in rows.OrderBy(row => row.Shown, StringComparer.Ordinal))
                page.Append($"| `{shown}` | {text} |\n");
        }

        return page.ToString();
    }

    private static IEnumerable<MemberInfo> Members(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(member => member is PropertyInfo or EventInfo or FieldInfo { IsSpecialName: false } or MethodInfo { IsSpecialName: false });

    private static string Show(MemberInfo member) => member switch
    {
        MethodInfo method => $"{member.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.Name))})",
        PropertyInfo property when property.GetIndexParameters().Length > 0 => $"[{property.GetIndexParameters()[0].Name}]",
        _ => member.Name,
    };

    /// <summary>What the compiler calls a member in its file.</summary>
    private static string IdOf(MemberInfo member)
    {
        var (kind, parameters) = member switch
        {
            MethodInfo method => ('M', method.GetParameters()),
            PropertyInfo property => ('P', property.GetIndexParameters()),
            EventInfo => ('E', []),
            _ => ('F', Array.Empty<ParameterInfo>()),
        };
        var list = parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => NameOf(parameter.ParameterType)))})";
        return $"{kind}:{member.DeclaringType!.FullName}.{member.Name}{list}";
    }

    private static string NameOf(Type type)
    {
        if (type.IsArray)
            return NameOf(type.GetElementType()!) + "[]";
        if (!type.IsGenericType)
            return type.FullName!;
        var name = type.GetGenericTypeDefinition().FullName!;
        return $"{name[..name.IndexOf('`')]}{{{string.Join(',', type.GetGenericArguments().Select(NameOf))}}}";
    }

    private static string TextOf(XElement? element) =>
        element is null ? "" : Spaces().Replace(string.Concat(element.Nodes().Select(Render)), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);

    private static string Render(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{ShortNameOf(see.Attribute("cref")!.Value)}`",
        XElement { Name.LocalName: "para" } paragraph => " " + string.Concat(paragraph.Nodes().Select(Render)),
        _ => "",
    };

    private static string ShortNameOf(string id)
    {
        var parts = id.Split('(')[0].Split('.');
        return id[0] == 'T' ? parts[^1] : $"{parts[^2]}.{parts[^1]}";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
